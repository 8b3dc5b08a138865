//! The facts that hold in a sound database: one table.
//!
//! Must not know: how a fact is checked, how it is told to people.

/// From when on a fact about a year has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// From the first row on.
    Always,
    /// Once the year is published: what is still being filled in need not be complete.
    Published,
    /// Of what this version writes. Rows that an earlier one let pass stay as they are.
    Newly,
}

macro_rules! facts {
    ($($fact:ident, $name:literal, $phase:ident, $says:literal;)*) => {
        /// A fact that holds in every sound database.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fact {
            $(#[doc = $says] $fact,)*
        }

        impl Fact {
            /// All facts, in the order of a check's report.
            pub const ALL: &[Fact] = &[$(Fact::$fact),*];

            /// The stable name, for reports and filters.
            pub fn name(self) -> &'static str {
                match self {
                    $(Fact::$fact => $name,)*
                }
            }

            /// From when on it has to hold.
            pub fn phase(self) -> Phase {
                match self {
                    $(Fact::$fact => Phase::$phase,)*
                }
            }
        }
    };
}

facts! {
    SchemaVersion, "schema_version", Always, "The schema was made by this program's migrations, unchanged.";
    ReadableRow, "readable_row", Always, "Every column holds what its declaration says.";
    FileIntegrity, "file_integrity", Always, "The database itself finds no fault in its pages and indexes.";
    YearReference, "year_reference", Always, "Every row belongs to a year that is there.";
    JournalSequence, "journal_sequence", Always, "Journal lines are numbered 1, 2, 3 … without a gap.";
    JournalHash, "journal_hash", Always, "Every journal line carries the hash of the line before and of itself.";
    JournalHead, "journal_head", Always, "The head names the last line of the journal.";
    JournalRevision, "journal_revision", Always, "The lines of a year carry its revisions 1, 2, 3 … in order.";
    YearRevision, "year_revision", Always, "A year's revision is that of its last journal line.";
    CellRevision, "cell_revision", Always, "Every judgement and request was written by a revision the year has had.";
    CellJournal, "cell_journal", Always, "A judgement says what its journal line says.";
    ImportDigest, "import_digest", Always, "The judgements of an import are those its journal line was made over.";
    YearSeal, "year_seal", Always, "A table of a year says what it said when it was imported, or at the last upgrade.";
    KnownWord, "known_word", Always, "Coded words are ones the program knows.";
    ReadableNumber, "readable_number", Always, "Printed decimals and counts are numbers in range.";
    Position, "position", Always, "Lists are numbered from 0 without a gap: no row is missing.";
    SetReference, "set_reference", Always, "A year's criteria sets are there.";
    SetHash, "set_hash", Always, "A criteria set says what its hash was taken over: it was never edited.";
    SetReadable, "set_readable", Always, "A criteria set reads without a problem: sums of children, rules, codes.";
    SetHeader, "set_header", Always, "The name under which a set is listed is the one its files give.";
    SetQuestion, "set_question", Always, "Questions that survey leaves count stand on a form.";
    BlockSet, "block_set", Always, "A block is scored by one of the year's sets.";
    BlockCluster, "block_cluster", Always, "A block belongs to one of the year's clusters.";
    BlockName, "block_name", Always, "Ids of blocks and clusters are unique.";
    ClassOrder, "class_order", Always, "Classes fall from the highest to one that begins at 0.";
    ClassBlock, "class_block", Always, "Classes belong to a block that says it has its own.";
    ThresholdArea, "threshold_area", Always, "Marks are set on areas that a set has.";
    ThresholdOrder, "threshold_order", Always, "A lower mark is not above the upper one; both are percents.";
    ReasonCode, "reason_code", Always, "Codes of reasons are unique.";
    FactKey, "fact_key", Always, "Keys of facts are unique.";
    UnitBlock, "unit_block", Always, "A unit is ranked in one of the year's blocks.";
    UnitCode, "unit_code", Always, "Codes and names of units are unique and not empty.";
    UnitSlug, "unit_slug", Always, "A unit's address is unique and made of small letters, digits and hyphens.";
    UnitPeriod, "unit_period", Always, "A unit's days are days, in order, and one of them lies in the year.";
    UnitGround, "unit_ground", Always, "A unit that is not ranked says on what ground, in the words of a ground.";
    UnitAnswers, "unit_answers", Always, "No answers are counted about a unit that is not evaluated.";
    UnitReference, "unit_reference", Always, "Rows that name a unit name one of the year.";
    Predecessor, "predecessor", Always, "Units continue units of the year before.";
    PreviousPercent, "previous_percent", Always, "Figures of the year before lie between 0 and 100.";
    PreviousYear, "previous_year", Always, "The year compared with is earlier, and figures need such a year.";
    ExemptionCode, "exemption_code", Always, "An exemption names a node of the unit's set.";
    ExemptionReason, "exemption_reason", Always, "An exemption has a reason.";
    ExemptionOnce, "exemption_once", Always, "Nothing is exempted twice for the same unit.";
    SomethingLeft, "something_left", Always, "Something is left to evaluate for every unit that is evaluated.";
    JudgementLeaf, "judgement_leaf", Always, "Judgements and requests stand on leaves of the unit's set.";
    JudgementInputs, "judgement_inputs", Always, "Inputs of a judgement are readable.";
    JudgementRule, "judgement_rule", Always, "Points are what the rule gives for the inputs.";
    JudgementLaw, "judgement_law", Newly, "Inputs are ones the rule takes today; earlier versions took more.";
    JudgementBounds, "judgement_bounds", Always, "Points lie between 0 and the leaf's maximum.";
    JudgementPlaces, "judgement_places", Always, "Points have no more decimals than the set keeps.";
    JudgementExempt, "judgement_exempt", Always, "Nothing exempt is judged.";
    JudgementSurvey, "judgement_survey", Always, "Survey leaves are counted, not judged.";
    SelfScoreOpen, "self_score_open", Always, "Only leaves that units score have a self-score.";
    StageOrder, "stage_order", Always, "No stage is judged before the one it follows.";
    ScoreComplete, "score_complete", Published, "Every applicable leaf has binding points.";
    RequestReason, "request_reason", Always, "A request gives one of the year's reasons.";
    RequestMax, "request_max", Always, "A request follows a round that gives less than the maximum.";
    RequestAnswer, "request_answer", Always, "Silence has no answer, every other outcome has one.";
    RequestOutcome, "request_outcome", Always, "What became of the answer agrees with the points of the next round.";
    RoundRequest, "round_request", Always, "A round differs from the round before only where an explanation was asked for.";
    RoundHeld, "round_held", Always, "What was said in a round belongs to a round that the year holds.";
    SurveyForm, "survey_form", Always, "Questions, quotas and sheets belong to a form.";
    FormCode, "form_code", Always, "Codes of forms, and of questions inside a form, are unique.";
    SheetStratum, "sheet_stratum", Always, "Every sheet belongs to a quota of its form.";
    SheetIssued, "sheet_issued", Always, "As many sheets are recorded as were issued.";
    SheetQuota, "sheet_quota", Always, "No more sheets are accepted than required.";
    OverQuota, "over_quota", Always, "A sheet is refused as over quota only when the quota is full.";
    SheetRefusal, "sheet_refusal", Always, "Refused sheets, and only they, say why.";
    SheetReturned, "sheet_returned", Always, "A sheet that never came back has no answers.";
    SurveyCounts, "survey_counts", Always, "Counts of the survey are those of its sheets, where there are sheets.";
    RatingSheet, "rating_sheet", Always, "Ratings stand on a sheet.";
    RatingOnce, "rating_once", Always, "A sheet rates a unit once.";
    AnswerLength, "answer_length", Always, "There is one answer a question.";
    AnswerLetter, "answer_letter", Always, "Answers are capital letters, or `-` where not asked.";
    NodeSum, "node_sum", Always, "Points and maxima of a node are the sums of its applicable leaves'.";
    TotalSum, "total_sum", Always, "A unit's total is its appraisal, survey and adjustment points together.";
    ScaleSum, "scale_sum", Always, "A unit's scale is the sum of the maxima that apply to it.";
    IndexBounds, "index_bounds", Always, "An index lies between 0 and 100.";
    Place, "place", Always, "A unit's place is that of a recomputation by counting who is better.";
    BlockOrder, "block_order", Always, "A block lists each of its units once, best first.";
    ClassOfIndex, "class_of_index", Always, "A unit's class is the best whose bound its index reaches.";
    PublicationVersion, "publication_version", Always, "Versions of a published year are numbered 1, 2, 3 … without a gap.";
    PublicationJournal, "publication_journal", Always, "Published versions are those their journal lines tell of.";
    PublicationFiles, "publication_files", Always, "The files of a published version are those its id was taken over: nothing was edited.";
    PublicationHead, "publication_head", Always, "The line of the journal that a published version names has the hash it names.";
    PublicationInputs, "publication_inputs", Always, "A year that nothing was written to since it was published says what was published.";
    PublicationStanding, "publication_standing", Always, "The figures of a published version follow from its inputs.";
}
