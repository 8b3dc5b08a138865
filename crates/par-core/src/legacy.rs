//! Recognises Vietnamese written in an encoding before Unicode: TCVN3 (fonts .VnTime), VNI, and
//! Windows-1258 read as something else.
//!
//! Such a text looks like words with the wrong letters; nothing that is read from it means anything.
//! Must not know: what the text is about.

/// Signs of TCVN3, as Latin letters show them, that stand inside no word of Unicode.
const SIGNS: &str = "µ¸¶·¹¨»¾¼½©®ª«¬";
/// Those of them that also no footnote or brand puts behind a word.
const BEHIND: &str = "µ¸¶¨»¾¼½«¬Þþß";
/// Small letters of TCVN3 that show as capitals.
const CAPITALS: &str = "ÆÇÊÈÉËÌÐÎÏÑÒÕÓÔÖ×ÝØÜÞ";

/// The encoding of texts that are not Unicode's Vietnamese; `None` where nothing says so.
pub fn encoding<'a>(texts: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let (mut words, mut tcvn3, mut vni, mut vietnamese) = (0usize, 0usize, 0usize, 0usize);
    for word in texts.take(20_000).flat_map(str::split_whitespace).take(50_000) {
        if !word.contains(char::is_alphabetic) {
            continue;
        }
        words += 1;
        vietnamese += usize::from(word.chars().any(is_vietnamese));
        tcvn3 += usize::from(is_tcvn3(word));
        vni += usize::from(is_vni(word));
    }
    // Pieces pasted into a sound text are told too, once they are more than a few stray words.
    let enough = |found: usize| found >= 3 && found * 20 >= words;
    if enough(tcvn3) && tcvn3 >= vni {
        Some("TCVN3 (phông .VnTime)")
    } else if enough(vni) && vni * 2 > vietnamese {
        Some("VNI (phông VNI-Times)")
    } else {
        None
    }
}

/// The encoding of bytes that are no UTF-8.
pub fn encoding_of_bytes(bytes: &[u8]) -> Option<&'static str> {
    // Latin-1 shows TCVN3 and VNI as their letters.
    let shown: String = bytes.iter().take(200_000).map(|byte| char::from(*byte)).collect();
    if let Some(encoding) = encoding(std::iter::once(shown.as_str())) {
        return Some(encoding);
    }
    // Windows-1258 writes tones as signs of their own behind the vowel.
    let tones = [0xCC, 0xD2, 0xDE, 0xEC, 0xF2];
    let behind_vowel =
        |pair: &[u8]| tones.contains(&pair[1]) && (pair[0].is_ascii_alphabetic() || pair[0] >= 0xC0);
    (bytes.windows(2).filter(|pair| behind_vowel(pair)).count() >= 2).then_some("Windows-1258")
}

/// Letters that only Unicode's Vietnamese has.
fn is_vietnamese(c: char) -> bool {
    ('\u{1EA0}'..='\u{1EF9}').contains(&c) || matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư')
}

/// "Së Néi vô", "®iÓm": signs and capitals where no word in Unicode has any.
fn is_tcvn3(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    if letters.iter().any(|c| is_vietnamese(*c)) {
        return false;
    }
    let leads = letters
        .windows(2)
        .any(|pair| SIGNS.contains(pair[0]) && (pair[1].is_alphabetic() || SIGNS.contains(pair[1])));
    let follows = letters.windows(2).any(|pair| pair[0].is_alphabetic() && BEHIND.contains(pair[1]));
    let capital = letters.windows(2).any(|pair| pair[0].is_lowercase() && CAPITALS.contains(pair[1]));
    leads || follows || capital
}

/// "Sôû", "Noäi", "ñieåm": a vowel with a mark of VNI behind it that Vietnamese in Unicode never has
/// there ("hoá", "quá" are sound).
fn is_vni(word: &str) -> bool {
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    if letters.iter().any(|c| is_vietnamese(*c)) {
        return false;
    }
    let pair = letters.windows(2).any(|pair| {
        let never = match pair[0] {
            'a' => "ùøûõïâáàåãäêéèúüë",
            'e' => "ùøûõïâáàåãä",
            'o' => "ùøûõïâåä",
            'u' => "ùøûõïåä",
            'y' | 'ô' | 'ö' => "ùøûõï",
            _ => "",
        };
        never.contains(pair[1])
    });
    pair || letters.first() == Some(&'ñ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_encodings_are_named_and_sound_texts_are_not() {
        let tcvn3 = "KÕt qu¶ ChØ sè c¶i c¸ch hµnh chÝnh cña c¸c së, ban, ngµnh tØnh";
        let vni = "Keát quaû Chæ soá caûi caùch haønh chính cuûa caùc sôû, ban, ngaønh tænh ñieåm";
        let sound = [
            "Kết quả Chỉ số cải cách hành chính của các sở, ban, ngành tỉnh, Ủy ban nhân dân huyện Mường Tè",
            "Hoàn thành, khoán, thuế, Đoàn, toàn tỉnh, ngoài, huyện Than Uyên, giám sát, chuyển, tuân thủ, xoá",
            "Ket qua Chi so cai cach hanh chinh cua cac so",
            "KẾT QUẢ CHỈ SỐ CẢI CÁCH HÀNH CHÍNH, Ý KIẾN, CÔNG TÁC, ĐỀ ÁN, HÀNH CHÍNH, TÀI LIỆU, CÁC SỞ",
            "The café, naïve façade, señor, Ångström, §5, ©2020, ±0,5, §, 90°",
        ];
        assert_eq!(encoding([tcvn3].into_iter()), Some("TCVN3 (phông .VnTime)"));
        assert_eq!(encoding([vni].into_iter()), Some("VNI (phông VNI-Times)"));
        for text in sound {
            assert_eq!(encoding([text].into_iter()), None, "{text}");
        }
    }
}
