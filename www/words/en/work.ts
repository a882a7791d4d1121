// English: work that goes on, is kept, or has stopped.

export const WORDS = {
  "crash.memory": "It needed more memory than the browser gives. Take fewer images per batch, a smaller network, or fewer engines.",
  "crash.page": "A part of this page has stopped: {0}. The rest goes on. Copy the report and tell us, or reload the page; saved models and settings stay.",
  "data.busy": "Something is running. Wait for it or cancel it, then open the data set.",
  "link.no-network": "The link asks for an attack, but its network could not be loaded. Train one, or reload the page when you are online.",
  "memory.batch": "This training would take about {0} GB of memory, and there is room for about {1} GB. Take at most {2} images per batch.",
  "memory.network": "This training would take about {0} GB of memory, and there is room for about {1} GB, however small the batch. Take a smaller network.",
  "memory.file": "This file would take about {0} GB of memory once it is open, and there is room for about {1} GB. Open it on a larger device.",
  "resume.gone": "The checkpoint of this training is no longer there. Train again from the start.",
  "resume.train": "A training of “{0}” was interrupted at step {1} of {2}.",
  "resume.train_purifier": "A training of the purifier of “{0}” was interrupted at step {1} of {2}.",
  "resume.go": "Resume training",
  "resume.forget": "Discard it",
  "kept.elsewhere": "This page is open in another tab, and that tab saves the work. What you do here is saved when the other tab is closed.",
  "kept.take-over": "Save from this tab instead",
  "kept.put-on-shelf": "Put on the shelf",
};
