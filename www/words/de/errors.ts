// What does not work, in German: a sentence for each code of the engine. The types see to it that none is missing.

import type { LeftOut, Values } from "../../engine/made/messages.js";
import type { Table } from "../engine-words.js";
import { count, fixed, number, short } from "../format.js";
import { plural } from "../i18n.js";
import { choiceName, settingName } from "../settings.js";

type Say = Parameters<Table["nothing_used"]>[1];

const shape = (sizes: readonly number[]): string => `[${sizes.join(", ")}]`;
const first = (left: LeftOut | null | undefined, say: Say): string => (left ? ` Das erste, „${left.name}“: ${say(left.reason)}` : "");
/** What records call the images. */
const images = (name: string): string => (name === "generated" ? "gezeichnete Schilder" : name);
const purposes = { training: "das Training", validation: "die Validierung", testing: "den Test" };
const SPLITS = { training: "Trainingsbilder", validation: "Validierungsbilder", testing: "Testbilder" };
const ON_SPLITS = { training: "den Trainingsbildern", validation: "den Validierungsbildern", testing: "den Testbildern" };

const AS_PNG = "Speichere es als PNG oder JPEG.";
const AS_FOLDERS = "Speichere die Bilder darin als PNG-Dateien, ein Ordner je Klasse, und öffne den Ordner oder ein Zip davon.";
const AS_WEIGHTS = "Speichere sie als safetensors (wie, steht in docs/weights.md), und öffne diese Datei bei den Netzen.";
const UNPACK = "Entpacke es, und öffne den Ordner oder packe ihn als Zip.";
/** The right file of the wrong kind: what it is, and what to do. */
export const FILE_KINDS: Readonly<Record<Values["data_is"]["kind"], string>> = {
  picture: "Das ist ein Bild. Öffne es als Bild, oder lege die Bilder je Klasse in einen eigenen Ordner.",
  heic: "Das ist ein HEIC-Foto, das hier nicht gelesen wird. Teile oder speichere es als JPEG.",
  avif: `Das ist ein AVIF-Bild, das hier nicht gelesen wird. ${AS_PNG}`,
  gif: "Das ist ein GIF-Bild, das hier nicht gelesen wird. Speichere es als PNG.",
  bmp: "Das ist ein BMP-Bild, das hier nicht gelesen wird. Speichere es als PNG.",
  tiff: `Das ist ein TIFF-Bild, das hier nicht gelesen wird. ${AS_PNG}`,
  jpeg_xl: `Das ist ein JPEG-XL-Bild, das hier nicht gelesen wird. ${AS_PNG}`,
  jpeg2000: `Das ist ein JPEG-2000-Bild, das hier nicht gelesen wird. ${AS_PNG}`,
  svg: "Das ist eine SVG-Zeichnung; sie hat keine Pixel. Speichere sie als PNG.",
  photoshop: "Das ist eine Photoshop-Datei. Speichere sie als PNG oder JPEG.",
  raw_photo: "Das ist ein Rohbild einer Kamera. Speichere es als JPEG.",
  video: "Das ist ein Video. Speichere ein einzelnes Bild davon als PNG oder JPEG.",
  pdf: "Das ist ein PDF. Speichere das Bild darin als PNG oder JPEG.",
  web_page: "Das ist eine Webseite, nicht das, wohin sie führt. Öffne sie im Browser, und lade die Datei dort herunter.",
  zip: "Das ist ein Zip-Archiv. Sind Bilder darin, öffne es als Datensatz; sonst entpacke es erst.",
  seven_zip: `Das ist ein 7z-Archiv. ${UNPACK}`,
  rar: `Das ist ein RAR-Archiv. ${UNPACK}`,
  tar: `Das ist ein tar-Archiv (.tar, .tar.gz, .tgz …). ${UNPACK}`,
  numpy: `Das sind Felder von NumPy. ${AS_FOLDERS}`,
  pickle: `Das ist ein Pickle von Python; es wird nicht geöffnet, denn es könnte jedes Programm ausführen. ${AS_FOLDERS}`,
  parquet: `Das ist eine Parquet-Tabelle. ${AS_FOLDERS}`,
  matlab: `Das ist eine Matlab-Datei. ${AS_FOLDERS}`,
  safetensors: "Das sind Gewichte eines Netzes. Öffne sie bei den Netzen.",
  keras: `Das sind Gewichte von Keras. ${AS_WEIGHTS}`,
  py_torch:
    "Das sind Gewichte von PyTorch. Speichere sie mit safetensors.torch.save_file (wie, steht in docs/weights.md), "
    + "und öffne diese Datei bei den Netzen.",
  onnx: `Das ist ein Netz in ONNX. Seine Gewichte: ${AS_WEIGHTS}`,
  tensor_flow: `Das ist ein Netz von TensorFlow. Seine Gewichte: ${AS_WEIGHTS}`,
  teachable_machine:
    "Das ist von Teachable Machine. Lade dort die Beispielbilder herunter, ein Zip je Klasse, und lege sie in einen Ordner je Klasse.",
  kept_work: "Das ist eine Sicherung von Fool the Sign. Zieh sie auf die Seite, um sie zu importieren.",
};

export const ERRORS = {
  // Gerät und Ablauf
  out_of_range: ({ setting, low, high, got }) =>
    `${settingName(setting)}: Erlaubt ist ${number(low)} bis ${number(high)}; angegeben war ${Number.isFinite(got) ? number(got) : "keine Zahl"}.`,
  not_one_of: ({ setting, allowed, got }) =>
    `${settingName(setting)}: Erlaubt ist ${allowed.map((word) => choiceName(setting, word)).join(", ")}; angegeben war ${choiceName(setting, got)}.`,
  busy: () => "Es läuft schon etwas. Warte darauf, oder brich es ab.",
  protocol: ({ cause }) => `Seite und Rechenkern verstehen einander nicht (${cause}). Lade die Seite neu.`,
  no_training: () => "Es läuft kein Training, dessen Stand sich speichern ließe.",
  other_data: ({ wants, has }) => `Die Bilder des Trainings: ${images(wants)}. Geöffnet: ${images(has)}. Öffne erst jene, dann geht es weiter.`,
  nothing_runs: () => "Es läuft nichts. Starte erst ein Training.",
  gpu_not_started: ({ cause }) => `Die GPU ließ sich nicht starten: ${cause}.`,
  no_gpu_backend: () => "Diese Ausgabe rechnet nicht auf der GPU; nimm die mit dem Feature `gpu`.",
  device_lost: () => "Das Gerät antwortet nicht mehr: Es ging verloren, oder sein Speicher war voll. Fang neu an, und wenn es wieder geschieht, auf der CPU.",

  // Bild und Angriff
  no_photo: () => "Öffne erst ein Bild.",
  no_subject: () => "Wähle erst ein Schild, oder öffne ein Bild.",
  no_attack: () => "Greif das Bild erst an.",
  no_direction: () => "Der Angriff hat nichts geändert; es gibt also keine Richtung, in die sich schauen ließe.",
  no_picture_of_class: (values) => `Der Datensatz hat kein Bild von „${values.class}“.`,
  no_knowledge: () => "Was der Angreifer weiß: Erlaubt ist ahnungslos, adaptiv oder BPDA, wo es einen Angriff gibt; angegeben war nichts.",
  sticker_empty: () => "Der Aufkleber bedeckt nichts vom Schild. Er hält nur auf der Tafel.",
  target_is_label: (values) => `Zielklasse: Erlaubt ist eine andere als die Klasse des Schilds; angegeben war ${number(values.class)}.`,
  takes_no_target: ({ attack }) => `${attack} geht zur nächsten anderen Klasse; ein Ziel nimmt es nicht.`,
  no_such_attack: ({ text, cause }) => `${text} ist kein Angriff wie pgd(epsilon = 8/255, steps = 20): ${cause}.`,
  no_purifier: ({ model }) => `${model == null ? "Dieses Modell" : `„${model}“`} hat keinen Reiniger. Trainiere einen, oder wähle eine andere Verteidigung.`,
  no_purifier_to_detect_with: ({ model }) => `„${model}“ hat keinen Reiniger und darum keinen Detektor. Trainiere einen.`,
  no_purifier_to_save: ({ model }) => `„${model}“ hat keinen Reiniger, der sich speichern ließe.`,
  no_clean_images: () =>
    "Es gibt keine sauberen Bilder, um die Schwelle des Detektors zu wählen. Lade auch Trainings- oder Validierungsbilder, oder nimm eine andere Verteidigung.",
  no_threshold: () => "Der Detektor hat noch keine Schwelle.",
  picture_empty: () => "Die Datei ist leer.",
  picture_file_too_large: ({ megabytes, most }) =>
    `Die Datei hat ${fixed(megabytes, 1)} MB; höchstens ${number(most)} MB werden geöffnet. Speichere sie kleiner.`,
  no_picture: () => "Das ist kein Bild, das sich öffnen lässt. PNG, JPEG, PPM und WebP gehen.",
  picture_unsupported: () => "Diese Art von Bild wird nicht gelesen. PNG, JPEG, PPM und WebP gehen.",
  picture_is: ({ kind }) => FILE_KINDS[kind],
  picture_without_pixels: () => "Das Bild hat keine Pixel.",
  picture_damaged: () => "Das Bild ist beschädigt oder abgeschnitten. Versuche es mit einer anderen Kopie.",
  picture_too_large: ({ width, height, side, pixels }) =>
    `Das Bild ist zu groß: ${width} × ${height} Pixel. `
    + `Höchstens ${count(side)} Pixel je Seite und ${number(pixels / 1e6)} Millionen im Ganzen werden geöffnet. Speichere es kleiner.`,
  picture_beyond_decoder: ({ side, pixels }) =>
    `Das Bild ist zu groß: mehr, als sich hier lesen lässt. `
    + `Höchstens ${count(side)} Pixel je Seite und ${number(pixels / 1e6)} Millionen im Ganzen werden geöffnet. Speichere es kleiner.`,

  transfer_is_oblivious: ({ model, got }) =>
    `Was der Angreifer weiß: Beispiele, die auf einem anderen Modell („${model}“) gemacht sind, `
    + `macht ein ahnungsloser Angreifer; angegeben war ${choiceName("knowledge", got)}.`,
  other_task: ({ model, wants, side, classes, other_side }) =>
    `Das andere Modell („${model}“) muss ${number(wants)} Klassen auf Bildern von ${side}×${side} unterscheiden wie das angegriffene; `
    + `es unterscheidet ${number(classes)} auf Bildern von ${other_side}×${other_side}.`,
  loss_needs_classes: ({ loss, fewest, classes }) =>
    `Verlust von APGD: „${loss}“ braucht ${number(fewest)} Klassen, das Modell hat ${number(classes)}; erlaubt ist „ce“.`,

  // Modelle und ihre Dateien
  no_such_model: ({ name, there }) => `Es gibt kein Modell mit dem Namen „${name}“; es gibt ${there.join(", ")}.`,
  model_name: ({ most, length }) => `Name: Erlaubt ist eine Länge von 1 bis ${number(most)} Zeichen; angegeben war eine von ${number(length)}.`,
  too_many_models: ({ most }) => `Es gibt schon ${number(most)} Modelle. Entferne erst eines.`,
  only_model: () => "Das ist das einzige Modell; eines muss es geben.",
  other_side: ({ wants, got }) => `Netz: Erlaubt ist eines für Bilder von ${wants} × ${wants} Pixeln; angegeben war eines für ${got} × ${got}.`,
  no_multiple: ({ of, got }) => `Seite der Bilder: Erlaubt ist ein Vielfaches von ${number(of)}; angegeben war ${number(got)}.`,
  too_many_halvings: ({ most, got }) => `Zahl der Halbierungen: Erlaubt ist höchstens ${number(most)}; angegeben war ${number(got)}.`,
  class_name: ({ most, got }) => `Name einer Klasse: Erlaubt ist einfacher Text von höchstens ${number(most)} Zeichen; angegeben war „${got}“.`,
  unknown_autoencoder: () => "Die Datei sagt nicht, welcher Autoencoder sie ist (`config` fehlt in ihren Metadaten).",
  unknown_network: () =>
    "Die Datei sagt nicht, welches Netz sie ist (`config` fehlt in ihren Metadaten), und ihre Tensoren haben Namen und Formen keines der Netze hier.",
  other_network: ({ cause }) => `Die Datei ist von einer anderen Art Netz als verlangt (${cause}).`,
  tensors_cut_off: () => "Die Datei ist leer oder abgeschnitten.",
  weights_are: ({ kind }) => FILE_KINDS[kind],
  no_tensors: ({ most }) => `Das ist keine safetensors-Datei, oder ihr Kopf ist größer als ${number(most)} MB.`,
  tensors_damaged: ({ cause }) => `Die Datei ist beschädigt oder keine safetensors-Datei (${cause}).`,
  header_damaged: ({ cause }) => `Der Kopf der Datei ist beschädigt (${cause}).`,
  too_many_tensors: ({ has, most }) => `Die Datei hat ${count(has)} Tensoren; höchstens ${count(most)} werden gelesen.`,
  other_tensors: ({ has, wants }) => `Die Datei hat ${plural(has, "einen Tensor", `${count(has)} Tensoren`)}; dieses Netz hat ${count(wants)}.`,
  tensor_missing: ({ tensor }) => `Die Datei hat keinen Tensor \`${tensor}\`.`,
  no_floats: ({ tensor, got }) => `\`${tensor}\` muss F32 oder F16 sein; es ist ${got}.`,
  other_type: ({ tensor, wants, got }) => `\`${tensor}\` muss ${wants} sein; es ist ${got}.`,
  other_shape: ({ tensor, wants, dtype, got }) => `\`${tensor}\` muss F32 der Form ${shape(wants)} sein; es ist ${dtype} der Form ${shape(got)}.`,
  not_finite: ({ tensor }) => `\`${tensor}\` enthält NaN oder unendlich; Gewichte müssen endliche Zahlen sein.`,
  too_large_to_halve: ({ tensor }) => `\`${tensor}\` enthält ein Gewicht, das für 16 Bit zu groß ist.`,
  images_shape: ({ got }) => `\`images\` muss N×3×H×W sein; es hat die Form ${shape(got)}.`,
  pixel_out_of_range: ({ got }) => `\`images\` muss Zahlen von 0 bis 1 enthalten; eine ist ${Number.isFinite(got) ? number(got) : "NaN"}.`,
  labels_shape: ({ n, got }) => `\`labels\` muss die Form [${n}] haben; es hat die Form ${shape(got)}.`,
  label_out_of_range: ({ last, got }) => `\`labels\` muss Klassen von 0 bis ${number(last)} enthalten; eine ist ${number(got)}.`,
  checkpoint: ({ fault }, say) => `Der Zwischenstand ${say(fault)}. Lösche ihn, oder beginne ohne ihn.`,
  cannot_be_written: () => "lässt sich nicht schreiben",
  no_header: () => "hat keinen Kopf",
  damaged_header: () => "hat einen beschädigten Kopf",
  damaged: () => "ist beschädigt",
  other_version: () => "ist von einer anderen Version dieses Programms, in einer Form, die diese nicht liest",
  other_run: () => "ist von einem anderen Lauf: andere Einstellungen, oder andere Daten",

  // Training und Messung
  training_diverged: () =>
    "Das Training ist auseinandergelaufen: Der Verlust oder ein Gradient ist keine Zahl mehr. "
    + "Die Gewichte sind wieder im letzten guten Zustand; versuche es mit einer kleineren Lernrate.",
  weights_diverged: () => "Die Gewichte sind nicht alle Zahlen: Das Training ist auseinandergelaufen. Sie wurden nicht gespeichert.",
  purifier_without_numbers: ({ model }) => `Der Reiniger von „${model}“ gibt keine Zahlen aus (NaN): Es gibt keine Schwelle zu wählen.`,
  model_without_numbers: ({ model }) => `„${model}“ antwortet ohne Zahlen (NaN): Es kann weder recht haben noch getäuscht werden.`,
  attack_outside: ({ attack, image, place, before, after }) =>
    `${attack} hat ein Bild gemacht, das es nicht machen darf `
    + `(Bild ${number(image)}, Wert ${number(place)}: aus ${short(before)} wurde ${short(after)}). Seine Zahlen hätten keinen Sinn.`,
  other_picture_size: ({ model, side, here }) => `„${model}“ liest Bilder von ${side}×${side}; die hier haben ${here}×${here}.`,
  no_images: ({ purpose }) => `Der Datensatz hat keine Bilder für ${purposes[purpose]}. Lade einen, der welche hat, oder nimm gezeichnete Schilder.`,
  other_classes: ({ knows, has }) =>
    `Das Netz kennt ${number(knows)} Klassen, der Datensatz hat ${number(has)}. Lege ein neues Netz an, oder nimm die Daten, für die es gemacht ist.`,
  no_images_to_measure: ({ split, instead }) =>
    `Der Datensatz hat keine ${SPLITS[split]}, auf denen sich messen ließe.${instead == null ? "" : ` Miss auf ${ON_SPLITS[instead]}.`}`,
  other_class_names: (values) =>
    `Klasse ${number(values.number)} heißt beim Netz „${values.knows}“, im Datensatz „${values.has}“: Antworten würden den falschen Klassen `
    + "zugerechnet. Nenne die Ordner, wie die Klassen des Netzes heißen, oder trainiere ein Netz auf diesem Datensatz.",
  no_evaluation: () => "Es läuft keine Messung, zu der dieser Teil gehören könnte.",
  no_record: ({ fault }, say) => `Das ist kein Protokoll von Zahlen: ${say(fault)}.`,
  other_schema: ({ schema, reads }) => `sein Schema ist „${schema}“; dieses Programm liest solche bis „${reads}“`,
  record_unreadable: ({ cause }) => cause,
  no_checks: ({ cause }) => `Das ist keine Liste von Prüfungen: ${cause}.`,

  // Datensätze
  reading_settings: ({ cause }) => `Die Einstellungen zum Lesen ergeben keinen Sinn (${cause}).`,
  data_not_read: () => "Der Datensatz ist nicht zu Ende gelesen.",
  pixel_values: ({ wants, got }) => `Zahl der Pixelwerte: Erlaubt ist ${count(wants)}; angegeben war ${count(got)}.`,
  no_file: () => "Die Seite hat etwas übergeben, das keine Datei ist.",
  no_file_reader: () => "Dieser Browser lässt einen Worker keine Dateien lesen.",
  file_too_large: ({ most }) => `Die Datei hat mehr als ${number(most)} MB.`,
  file_unreadable: ({ cause }) => `Die Datei lässt sich nicht lesen (${cause}).`,
  file_unopened: ({ file, cause }) => `Die Datei „${file}“ lässt sich nicht öffnen (${cause}).`,
  folder_unreadable: ({ folder, cause }) => `Der Ordner „${folder}“ lässt sich nicht auflisten (${cause}).`,
  folder_too_large: ({ folder, most }) => `Der Ordner „${folder}“ enthält mehr als ${count(most)} Dateien.`,
  data_is: ({ kind }) => FILE_KINDS[kind],
  archive_empty: () => "Die Datei ist leer.",
  entries_overlap: () => "Einträge dieses Archivs überlappen sich wie in Archivbomben. Es wird nicht geöffnet.",
  names_too_long: () => "Die Namen in diesem Archiv sind viel zu lang.",
  too_many_entries: ({ entries, most }) =>
    `Dieses Archiv hat ${entries == null ? `weit mehr als ${count(most)}` : count(entries)} Einträge; höchstens ${count(most)} werden gelesen.`,
  no_archive: ({ fault }, say) =>
    `Das ist kein vollständiges Zip-Archiv (${say(fault)}). Vielleicht ist es abgeschnitten: Lade es noch einmal herunter, oder packe es neu.`,
  entries_missing: ({ listed, expected }) => `${count(listed)} von ${count(expected)} Einträgen ${plural(listed, "ist", "sind")} verzeichnet`,
  archive_unreadable: ({ cause }) => cause,
  archive_unusable: ({ archive, error }, say) => `Das Archiv „${archive}“ ist nicht brauchbar. ${say(error)}`,
  entry_encrypted: () => "Sie ist verschlüsselt.",
  entry_too_large: ({ megabytes, most }) => `Sie hat entpackt ${fixed(megabytes, 1)} MB; höchstens ${number(most)} MB werden gelesen.`,
  entry_bomb: ({ ratio }) => `Sie würde sich auf mehr als das ${number(ratio)}-Fache entpacken wie eine Archivbombe.`,
  entry_packing: () => "Sie ist auf eine Weise gepackt, die nicht gelesen wird; „stored“ und „deflated“ gehen.",
  entry_damaged: ({ fault }, say) => `Sie ist im Archiv beschädigt (${say(fault)}).`,
  entry_cut_off: () => "das Archiv endet mitten darin",
  cannot_unpack: () => "sie lässt sich nicht auf ihre Größe entpacken",
  other_size: () => "sie hat eine andere Größe, als das Archiv sagt",
  other_checksum: () => "ihre Prüfsumme stimmt nicht",
  entry_unreadable: ({ cause }) => cause,
  class_count: ({ least, most, has }) => `Ein Datensatz hat ${number(least)} bis ${number(most)} Klassen; dieser hat ${count(has)}.`,
  class_folders: ({ least, most, has }) =>
    `Ein Datensatz ist ein Ordner je Klasse, ${number(least)} bis ${number(most)}, mit Bildern darin; dieser hat ${count(has)}.`,
  too_many_pictures: ({ most }) => `Ein Datensatz enthält höchstens ${count(most)} Bilder.`,
  no_pictures: () => "In diesem Datensatz ist kein Bild.",
  nothing_to_read: (values, say) => `Es sind keine Bilder darin.${first(values.first, say)}`,
  nothing_used: (values, say) => `Keins der Bilder war brauchbar.${first(values.first, say)}`,
  one_class_used: (values, say) => `Nur eine Klasse war brauchbar.${first(values.first, say)}`,
  table_too_large: ({ most }) => `Tabellen von mehr als ${number(most)} MB werden nicht gelesen.`,
  too_many_lines: ({ most }) => `Es sind mehr als ${count(most)} Zeilen mit Angaben.`,
  tables_without_pictures: () => "Das sind Tabellen ohne Bilder. Nimm das Archiv mit den Bildern dazu.",
  test_pictures_without_classes: () => "Das sind die Testbilder von GTSRB ohne ihre Klassen. Nimm GTSRB_Final_Test_GT.zip dazu.",
  in_no_folder: () => "Sie liegt in keinem Ordner einer Klasse.",
  name_points_out: () => "Ihr Name zeigt aus dem Archiv hinaus.",
  archive_within: () => "Archive in Archiven werden nicht geöffnet.",
  no_line: () => "In den Tabellen steht keine Zeile mit ihrer Klasse.",
  no_class: ({ last }) => `In ihrer Zeile steht keine der Klassen 0 bis ${number(last)}.`,
  no_region: () => "In ihrer Zeile steht kein brauchbarer Ausschnitt.",
  region_outside: () => "Ihr Ausschnitt liegt außerhalb des Bilds.",
} satisfies Partial<Table>;
