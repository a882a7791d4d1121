// German: work that goes on, is kept, or has stopped.

import type { WORDS as EN } from "../en/work.js";

export const WORDS: Record<keyof typeof EN, string> = {
  "crash.trap": "Er ist auf etwas gestoßen, von dem er sich nicht erholen kann (siehe Bericht).",
  "crash.memory": "Er brauchte mehr Speicher, als der Browser erlaubt. Nimm weniger Bilder je Batch, ein kleineres Netz oder weniger Rechenkerne.",
  "crash.page": "Ein Teil dieser Seite ist stehen geblieben: {0}. Der Rest läuft weiter. Kopiere den Bericht und schick ihn uns, oder lade die Seite neu; "
    + "gespeicherte Modelle und Einstellungen bleiben.",
  "data.busy": "Es läuft gerade etwas. Warte darauf oder brich es ab; öffne dann den Datensatz.",
  "link.no-network": "Der Link verlangt einen Angriff, aber sein Netz ließ sich nicht laden. Trainiere eines, oder lade die Seite neu, wenn du online bist.",
  "memory.batch": "Dieses Training bräuchte etwa {0} GB Speicher; frei sind etwa {1} GB. Nimm eine Batchgröße von höchstens {2}.",
  "memory.network": "Dieses Training bräuchte etwa {0} GB Speicher, so klein der Batch auch ist; frei sind etwa {1} GB. Nimm ein kleineres Netz.",
  "memory.file": "Geöffnet bräuchte diese Datei etwa {0} GB Speicher; frei sind etwa {1} GB. Öffne sie auf einem größeren Gerät.",
  "memory.resume": "Dieses Training fortzusetzen bräuchte etwa {0} GB Speicher; frei sind etwa {1} GB. Setze es auf einem größeren Gerät fort.",
  "memory.evaluation": "Diese Modelle zu messen bräuchte etwa {0} GB Speicher; frei sind etwa {1} GB. Nimm weniger oder kleinere Modelle.",
  "memory.kept": "Die Modelle dieser Datei bräuchten etwa {0} GB Speicher; frei sind etwa {1} GB. Öffne sie auf einem größeren Gerät.",
  "engines.fewer": "Dieses Gerät hat Speicher für {0} der {1} Rechenkerne.",
  "resume.gone": "Der Zwischenstand dieses Trainings ist nicht mehr da. Trainiere noch einmal von vorn.",
  "resume.train": "Das Training von „{0}“ wurde bei Schritt {1} von {2} unterbrochen.",
  "resume.train_purifier": "Das Training des Reinigers von „{0}“ wurde bei Schritt {1} von {2} unterbrochen.",
  "resume.needs-set": "Dieses Training lernt aus dem Datensatz „{0}“. Öffne ihn unter „Daten“ und setze es dann fort.",
  "resume.opens-set": "Es lernt aus dem Datensatz „{0}“, der vorher geöffnet wird.",
  "resume.wants-set": "Es lernt aus dem Datensatz „{0}“: Öffne ihn vorher unter „Daten“.",
  "resume.opens-drawn": "Es lernt aus gezeichneten Schildern; der offene Datensatz wird vorher geschlossen.",
  "resume.replaces.train":
    "Das Training von „{0}“ wurde bei Schritt {1} von {2} unterbrochen. Trainierst du dieses Modell jetzt, lässt es sich nicht mehr fortsetzen.",
  "resume.replaces.train_purifier":
    "Das Training des Reinigers von „{0}“ wurde bei Schritt {1} von {2} unterbrochen. Trainierst du ihn jetzt, lässt es sich nicht mehr " +
    "fortsetzen.",
  "resume.replace-question": "Das unterbrochene Training aufgeben?",
  "resume.replace": "Jetzt trainieren",
  "resume.go": "Training fortsetzen",
  "resume.forget": "Verwerfen",
  "kept.elsewhere": "Diese Seite ist in einem anderen Tab offen, und der speichert die Arbeit. Was du hier tust, wird gespeichert, wenn der andere Tab "
    + "geschlossen ist.",
  "kept.take-over": "Stattdessen von diesem Tab aus speichern",
  "kept.put-on-shelf": "Ins Regal stellen",
};
