// German: work that goes on, is kept, or has stopped.

import type { WORDS as EN } from "../en/work.js";

export const WORDS: Record<keyof typeof EN, string> = {
  "crash.memory": "Es brauchte mehr Speicher, als der Browser gibt. Nimm weniger Bilder je Batch, ein kleineres Netz oder weniger Rechenkerne.",
  "crash.page": "Ein Teil dieser Seite ist stehen geblieben: {0}. Der Rest läuft weiter. Kopiere den Bericht und schick ihn uns, oder lade die Seite neu; "
    + "gespeicherte Modelle und Einstellungen bleiben.",
  "data.busy": "Es läuft gerade etwas. Warte darauf oder brich es ab, dann öffne den Datensatz.",
  "link.no-network": "Der Link verlangt einen Angriff, aber sein Netz ließ sich nicht laden. Trainiere eines, oder lade die Seite neu, wenn du online bist.",
  "memory.batch": "Dieses Training bräuchte etwa {0} GB Speicher, und Platz ist für etwa {1} GB. Nimm höchstens {2} Bilder je Batch.",
  "memory.network": "Dieses Training bräuchte etwa {0} GB Speicher, und Platz ist für etwa {1} GB, so klein der Batch auch ist. Nimm ein kleineres Netz.",
  "memory.file": "Diese Datei bräuchte geöffnet etwa {0} GB Speicher, und Platz ist für etwa {1} GB. Öffne sie auf einem größeren Gerät.",
  "resume.gone": "Der Zwischenstand dieses Trainings ist nicht mehr da. Trainiere noch einmal von vorn.",
  "resume.train": "Ein Training von „{0}“ wurde bei Schritt {1} von {2} unterbrochen.",
  "resume.train_purifier": "Ein Training des Reinigers von „{0}“ wurde bei Schritt {1} von {2} unterbrochen.",
  "resume.go": "Training fortsetzen",
  "resume.forget": "Verwerfen",
  "kept.elsewhere": "Diese Seite ist in einem anderen Tab offen, und der speichert die Arbeit. Was du hier tust, wird gespeichert, wenn der andere Tab "
    + "geschlossen ist.",
  "kept.take-over": "Stattdessen von diesem Tab aus speichern",
  "kept.put-on-shelf": "Ins Regal stellen",
};
