//! The order in which WordprocessingML wants its elements (ECMA-376, part 1, annex A), as far as we
//! write them: Word refuses files that break it.

use super::text::Node;

/// Parents and the order of the children they may have.
const ORDERS: [(&str, &[&str]); 17] = [
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:framePr",
            "w:widowControl",
            "w:numPr",
            "w:pBdr",
            "w:shd",
            "w:tabs",
            "w:spacing",
            "w:ind",
            "w:contextualSpacing",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    (
        "w:rPr",
        &[
            "w:rStyle",
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:caps",
            "w:color",
            "w:sz",
            "w:szCs",
            "w:u",
            "w:vertAlign",
            "w:lang",
        ],
    ),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblW",
            "w:jc",
            "w:tblInd",
            "w:tblBorders",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
            "w:tblCaption",
            "w:tblDescription",
        ],
    ),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    ("w:tr", &["w:trPr", "w:tc"]),
    ("w:trPr", &["w:cantSplit", "w:tblHeader"]),
    ("w:tc", &["w:tcPr", "w:p"]),
    ("w:tcPr", &["w:tcW", "w:gridSpan", "w:vAlign"]),
    (
        "w:sectPr",
        &[
            "w:headerReference",
            "w:footerReference",
            "w:type",
            "w:pgSz",
            "w:pgMar",
            "w:pgNumType",
            "w:cols",
            "w:titlePg",
            "w:docGrid",
        ],
    ),
    ("w:body", &[]),
    (
        "w:style",
        &[
            "w:name",
            "w:basedOn",
            "w:next",
            "w:link",
            "w:uiPriority",
            "w:semiHidden",
            "w:unhideWhenUsed",
            "w:qFormat",
            "w:pPr",
            "w:rPr",
            "w:tblPr",
        ],
    ),
    ("w:p", &["w:pPr", "w:r"]),
    ("w:tblBorders", &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"]),
    ("w:tblCellMar", &["w:top", "w:left", "w:bottom", "w:right"]),
    (
        "w:settings",
        &[
            "w:zoom",
            "w:defaultTabStop",
            "w:characterSpacingControl",
            "w:footnotePr",
            "w:compat",
            "w:themeFontLang",
            "w:decimalSymbol",
            "w:listSeparator",
        ],
    ),
    ("wp:inline", &["wp:extent", "wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"]),
    ("pic:pic", &["pic:nvPicPr", "pic:blipFill", "pic:spPr"]),
];

/// Places where children stand in another order than the schema's, or are unknown here.
pub fn faults(node: &Node) -> Vec<String> {
    let mut faults = Vec::new();
    look(node, &mut faults);
    faults
}

fn look(node: &Node, faults: &mut Vec<String>) {
    let order = ORDERS.iter().find(|(name, order)| *name == node.name && !order.is_empty());
    if let Some((_, order)) = order {
        let mut last = 0;
        for child in &node.children {
            match order.iter().position(|name| *name == child.name) {
                Some(at) if at >= last => last = at,
                Some(_) => faults.push(format!("{} comes too late in {}", child.name, node.name)),
                None => faults.push(format!("{} is not expected in {}", child.name, node.name)),
            }
        }
    }
    if node.name == "w:body" && node.children.last().is_none_or(|last| last.name != "w:sectPr") {
        faults.push("the body does not end with its section".to_owned());
    }
    if node.name == "w:tc" && node.children.last().is_none_or(|last| last.name != "w:p") {
        faults.push("a cell does not end with a paragraph".to_owned());
    }
    node.children.iter().for_each(|child| look(child, faults));
}
