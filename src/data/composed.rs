//! Names as people see them: a Mac writes "Ü" as "U" with two dots after it, everyone else as one letter.

/// By the mark that follows: letters, each before what the two make together (Unicode's canonical compositions of Latin, Greek, Cyrillic
/// and kana). A whole table of Unicode would be a part of every first visit.
#[rustfmt::skip]
const COMPOSED: [(char, &str); 27] = [
    ('\u{300}', "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ"),
    (
        '\u{301}',
        "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ¨΅ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰοόυύωώϒϓГЃКЌгѓкќÇḈçḉĒḖ\
         ēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ",
    ),
    ('\u{302}', "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"),
    ('\u{303}', "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"),
    ('\u{304}', "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳИӢиӣУӮуӯGḠgḡḶḸḷḹṚṜṛṝ"),
    ('\u{306}', "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗȨḜȩḝẠẶạặ"),
    ('\u{307}', "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏſẛ"),
    ('\u{308}', "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍtẗ"),
    ('\u{309}', "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"),
    ('\u{30a}', "AÅaåUŮuůwẘyẙ"),
    ('\u{30b}', "OŐoőUŰuűУӲуӳ"),
    ('\u{30c}', "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"),
    ('\u{30f}', "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕѴѶѵѷ"),
    ('\u{311}', "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"),
    ('\u{31b}', "OƠoơUƯuư"),
    ('\u{323}', "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"),
    ('\u{324}', "UṲuṳ"),
    ('\u{325}', "AḀaḁ"),
    ('\u{326}', "SȘsșTȚtț"),
    ('\u{327}', "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"),
    ('\u{328}', "AĄaąEĘeęIĮiįUŲuųOǪoǫ"),
    ('\u{32d}', "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"),
    ('\u{32e}', "HḪhḫ"),
    ('\u{330}', "EḚeḛIḬiḭUṴuṵ"),
    ('\u{331}', "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"),
    ('\u{3099}', "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヰヸヱヹヲヺヽヾ"),
    ('\u{309a}', "はぱひぴふぷへぺほぽハパヒピフプヘペホポ"),
];

/// First of the parts of Hangul's syllables, how many vowels and ends there are, and the first syllable.
const HANGUL: [u32; 6] = [0x1100, 0x1161, 0x11a7, 21, 28, 0xac00];

/// The name in composed letters (Unicode's NFC, for the scripts above): two names that look alike are alike.
pub fn composed(name: &str) -> String {
    if name.is_ascii() {
        return name.into();
    }
    let mut text: Vec<char> = Vec::with_capacity(name.len());
    // Place of the letter that marks belong to: others may stand between.
    let mut letter = None;
    for c in name.chars() {
        let together = letter.and_then(|place: usize| Some((place, pair(text[place], c)?)));
        match together {
            Some((place, made)) => text[place] = made,
            None => {
                if !is_mark(c) {
                    letter = Some(text.len());
                }
                text.push(c);
            }
        }
    }
    text.into_iter().collect()
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}')
}

fn pair(letter: char, follows: char) -> Option<char> {
    if is_mark(follows) {
        let (_, pairs) = COMPOSED.iter().find(|(mark, _)| *mark == follows)?;
        let mut pairs = pairs.chars();
        while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
            if from == letter {
                return Some(to);
            }
        }
        return None;
    }
    let [first, vowel, end, vowels, ends, syllable] = HANGUL;
    let (letter, follows) = (u32::from(letter), u32::from(follows));
    let made = if (first..first + 19).contains(&letter) && (vowel..vowel + vowels).contains(&follows) {
        syllable + ((letter - first) * vowels + (follows - vowel)) * ends
    } else if (syllable..syllable + 19 * vowels * ends).contains(&letter)
        && (letter - syllable).is_multiple_of(ends)
        && (end + 1..end + ends).contains(&follows)
    {
        letter + (follows - end)
    } else {
        return None;
    };
    char::from_u32(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_alike() {
        for (apart, together) in [
            ("U\u{308}berholverbot", "Überholverbot"),
            ("Vorfahrt gewa\u{308}hren", "Vorfahrt gewähren"),
            ("ce\u{301}der le passage, franc\u{327}ais", "céder le passage, français"),
            ("Tie\u{302}\u{301}ng Vie\u{323}\u{302}t", "Tiếng Việt"),
            ("Кнопка и\u{306}", "Кнопка й"),
            ("か\u{3099}パ", "がパ"),
            ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}", "한글"),
            ("plain", "plain"),
            ("q\u{308}", "q\u{308}"),
            ("\u{308}", "\u{308}"),
        ] {
            assert_eq!(composed(apart), together);
            assert_eq!(composed(together), together);
        }
    }
}
