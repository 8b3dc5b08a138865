//! The names of all facts; their order is the order of a check's report.

/// A fact that holds in every sound database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// The schema was made by this program's migrations, unchanged.
    SchemaVersion,
    /// Every column holds what its declaration says.
    ReadableRow,
    /// Every row belongs to a year that is there.
    YearReference,
    /// Journal lines are numbered 1, 2, 3 … without a gap.
    JournalSequence,
    /// Every journal line carries the hash of the line before and of itself.
    JournalHash,
    /// The head names the last line of the journal.
    JournalHead,
    /// The lines of a year carry its revisions 1, 2, 3 … in order.
    JournalRevision,
    /// A year's revision is that of its last journal line.
    YearRevision,
    /// Every judgement and request was written by a revision the year has had.
    CellRevision,
    /// A judgement says what its journal line says.
    CellJournal,
    /// The judgements of an import are those its journal line was made over.
    ImportDigest,
    /// Coded words are ones the program knows.
    KnownWord,
    /// Printed decimals and counts are numbers in range.
    ReadableNumber,
    /// Lists are numbered from 0 without a gap: no row is missing.
    Position,
    /// A year's criteria sets are there.
    SetReference,
    /// A criteria set says what its hash was taken over: it was never edited.
    SetHash,
    /// A criteria set reads without a problem: sums of children, rules, codes.
    SetReadable,
    /// The name under which a set is listed is the one its files give.
    SetHeader,
    /// Questions that survey leaves count stand on a form.
    SetQuestion,
    /// A block is scored by one of the year's sets.
    BlockSet,
    /// A block belongs to one of the year's clusters.
    BlockCluster,
    /// Ids of blocks and clusters are unique.
    BlockName,
    /// Classes fall from the highest to one that begins at 0.
    ClassOrder,
    /// Classes belong to a block that says it has its own.
    ClassBlock,
    /// Marks are set on areas that a set has.
    ThresholdArea,
    /// A lower mark is not above the upper one; both are percents.
    ThresholdOrder,
    /// Codes of reasons are unique.
    ReasonCode,
    /// Keys of facts are unique.
    FactKey,
    /// A unit is ranked in one of the year's blocks.
    UnitBlock,
    /// Codes and names of units are unique and not empty.
    UnitCode,
    /// A unit's address is unique and made of small letters, digits and hyphens.
    UnitSlug,
    /// Rows that name a unit name one of the year.
    UnitReference,
    /// Units continue units of the year before.
    Predecessor,
    /// Figures of the year before lie between 0 and 100.
    PreviousPercent,
    /// The year compared with is earlier, and figures need such a year.
    PreviousYear,
    /// An exemption names a node of the unit's set.
    ExemptionCode,
    /// An exemption has a reason.
    ExemptionReason,
    /// Nothing is exempted twice for the same unit.
    ExemptionOnce,
    /// Something is left to evaluate for every unit.
    SomethingLeft,
    /// Judgements and requests stand on leaves of the unit's set.
    JudgementLeaf,
    /// Inputs of a judgement are readable.
    JudgementInputs,
    /// Points are what the rule gives for the inputs.
    JudgementRule,
    /// Points lie between 0 and the leaf's maximum.
    JudgementBounds,
    /// Points have no more decimals than the set keeps.
    JudgementPlaces,
    /// Nothing exempt is judged.
    JudgementExempt,
    /// Survey leaves are counted, not judged.
    JudgementSurvey,
    /// Only leaves that units score have a self-score.
    SelfScoreOpen,
    /// No stage is judged before the one it follows.
    StageOrder,
    /// Every applicable leaf has binding points.
    ScoreComplete,
    /// A request gives one of the year's reasons.
    RequestReason,
    /// A request follows a round 1 that gives less than the maximum.
    RequestRound1,
    /// Silence has no answer, every other outcome has one.
    RequestAnswer,
    /// What became of the answer agrees with the points of round 2.
    RequestOutcome,
    /// Round 2 differs from round 1 only where an explanation was asked for.
    Round2Request,
    /// Questions, quotas and sheets belong to a form.
    SurveyForm,
    /// Codes of forms, and of questions inside a form, are unique.
    FormCode,
    /// Every sheet belongs to a quota of its form.
    SheetStratum,
    /// As many sheets are recorded as were issued.
    SheetIssued,
    /// No more sheets are accepted than required.
    SheetQuota,
    /// A sheet is refused as over quota only when the quota is full.
    OverQuota,
    /// Refused sheets, and only they, say why.
    SheetRefusal,
    /// A sheet that never came back has no answers.
    SheetReturned,
    /// Ratings stand on a sheet.
    RatingSheet,
    /// A sheet rates a unit once.
    RatingOnce,
    /// There is one answer a question.
    AnswerLength,
    /// Answers are capital letters, or `-` where not asked.
    AnswerLetter,
    /// Points and maxima of a node are the sums of its applicable leaves'.
    NodeSum,
    /// A unit's total is its appraisal, survey and adjustment points together.
    TotalSum,
    /// A unit's scale is the sum of the maxima that apply to it.
    ScaleSum,
    /// An index lies between 0 and 100.
    IndexBounds,
    /// A unit's place is that of a recomputation by counting who is better.
    Place,
    /// A block lists each of its units once, best first.
    BlockOrder,
    /// A unit's class is the best whose bound its index reaches.
    ClassOfIndex,
    /// Versions of a published year are numbered 1, 2, 3 … without a gap.
    PublicationVersion,
    /// Published versions are those their journal lines tell of.
    PublicationJournal,
    /// The files of a published version are those its id was taken over: nothing was edited.
    PublicationFiles,
    /// The figures of a published version follow from its inputs.
    PublicationStanding,
}

impl Fact {
    /// All facts.
    pub const ALL: [Fact; 77] = [
        Fact::SchemaVersion,
        Fact::ReadableRow,
        Fact::YearReference,
        Fact::JournalSequence,
        Fact::JournalHash,
        Fact::JournalHead,
        Fact::JournalRevision,
        Fact::YearRevision,
        Fact::CellRevision,
        Fact::CellJournal,
        Fact::ImportDigest,
        Fact::KnownWord,
        Fact::ReadableNumber,
        Fact::Position,
        Fact::SetReference,
        Fact::SetHash,
        Fact::SetReadable,
        Fact::SetHeader,
        Fact::SetQuestion,
        Fact::BlockSet,
        Fact::BlockCluster,
        Fact::BlockName,
        Fact::ClassOrder,
        Fact::ClassBlock,
        Fact::ThresholdArea,
        Fact::ThresholdOrder,
        Fact::ReasonCode,
        Fact::FactKey,
        Fact::UnitBlock,
        Fact::UnitCode,
        Fact::UnitSlug,
        Fact::UnitReference,
        Fact::Predecessor,
        Fact::PreviousPercent,
        Fact::PreviousYear,
        Fact::ExemptionCode,
        Fact::ExemptionReason,
        Fact::ExemptionOnce,
        Fact::SomethingLeft,
        Fact::JudgementLeaf,
        Fact::JudgementInputs,
        Fact::JudgementRule,
        Fact::JudgementBounds,
        Fact::JudgementPlaces,
        Fact::JudgementExempt,
        Fact::JudgementSurvey,
        Fact::SelfScoreOpen,
        Fact::StageOrder,
        Fact::ScoreComplete,
        Fact::RequestReason,
        Fact::RequestRound1,
        Fact::RequestAnswer,
        Fact::RequestOutcome,
        Fact::Round2Request,
        Fact::SurveyForm,
        Fact::FormCode,
        Fact::SheetStratum,
        Fact::SheetIssued,
        Fact::SheetQuota,
        Fact::OverQuota,
        Fact::SheetRefusal,
        Fact::SheetReturned,
        Fact::RatingSheet,
        Fact::RatingOnce,
        Fact::AnswerLength,
        Fact::AnswerLetter,
        Fact::NodeSum,
        Fact::TotalSum,
        Fact::ScaleSum,
        Fact::IndexBounds,
        Fact::Place,
        Fact::BlockOrder,
        Fact::ClassOfIndex,
        Fact::PublicationVersion,
        Fact::PublicationJournal,
        Fact::PublicationFiles,
        Fact::PublicationStanding,
    ];

    /// The stable name, for reports and filters.
    pub fn name(self) -> &'static str {
        match self {
            Fact::SchemaVersion => "schema_version",
            Fact::ReadableRow => "readable_row",
            Fact::YearReference => "year_reference",
            Fact::JournalSequence => "journal_sequence",
            Fact::JournalHash => "journal_hash",
            Fact::JournalHead => "journal_head",
            Fact::JournalRevision => "journal_revision",
            Fact::YearRevision => "year_revision",
            Fact::CellRevision => "cell_revision",
            Fact::CellJournal => "cell_journal",
            Fact::ImportDigest => "import_digest",
            Fact::KnownWord => "known_word",
            Fact::ReadableNumber => "readable_number",
            Fact::Position => "position",
            Fact::SetReference => "set_reference",
            Fact::SetHash => "set_hash",
            Fact::SetReadable => "set_readable",
            Fact::SetHeader => "set_header",
            Fact::SetQuestion => "set_question",
            Fact::BlockSet => "block_set",
            Fact::BlockCluster => "block_cluster",
            Fact::BlockName => "block_name",
            Fact::ClassOrder => "class_order",
            Fact::ClassBlock => "class_block",
            Fact::ThresholdArea => "threshold_area",
            Fact::ThresholdOrder => "threshold_order",
            Fact::ReasonCode => "reason_code",
            Fact::FactKey => "fact_key",
            Fact::UnitBlock => "unit_block",
            Fact::UnitCode => "unit_code",
            Fact::UnitSlug => "unit_slug",
            Fact::UnitReference => "unit_reference",
            Fact::Predecessor => "predecessor",
            Fact::PreviousPercent => "previous_percent",
            Fact::PreviousYear => "previous_year",
            Fact::ExemptionCode => "exemption_code",
            Fact::ExemptionReason => "exemption_reason",
            Fact::ExemptionOnce => "exemption_once",
            Fact::SomethingLeft => "something_left",
            Fact::JudgementLeaf => "judgement_leaf",
            Fact::JudgementInputs => "judgement_inputs",
            Fact::JudgementRule => "judgement_rule",
            Fact::JudgementBounds => "judgement_bounds",
            Fact::JudgementPlaces => "judgement_places",
            Fact::JudgementExempt => "judgement_exempt",
            Fact::JudgementSurvey => "judgement_survey",
            Fact::SelfScoreOpen => "self_score_open",
            Fact::StageOrder => "stage_order",
            Fact::ScoreComplete => "score_complete",
            Fact::RequestReason => "request_reason",
            Fact::RequestRound1 => "request_round1",
            Fact::RequestAnswer => "request_answer",
            Fact::RequestOutcome => "request_outcome",
            Fact::Round2Request => "round2_request",
            Fact::SurveyForm => "survey_form",
            Fact::FormCode => "form_code",
            Fact::SheetStratum => "sheet_stratum",
            Fact::SheetIssued => "sheet_issued",
            Fact::SheetQuota => "sheet_quota",
            Fact::OverQuota => "over_quota",
            Fact::SheetRefusal => "sheet_refusal",
            Fact::SheetReturned => "sheet_returned",
            Fact::RatingSheet => "rating_sheet",
            Fact::RatingOnce => "rating_once",
            Fact::AnswerLength => "answer_length",
            Fact::AnswerLetter => "answer_letter",
            Fact::NodeSum => "node_sum",
            Fact::TotalSum => "total_sum",
            Fact::ScaleSum => "scale_sum",
            Fact::IndexBounds => "index_bounds",
            Fact::Place => "place",
            Fact::BlockOrder => "block_order",
            Fact::ClassOfIndex => "class_of_index",
            Fact::PublicationVersion => "publication_version",
            Fact::PublicationJournal => "publication_journal",
            Fact::PublicationFiles => "publication_files",
            Fact::PublicationStanding => "publication_standing",
        }
    }
}
