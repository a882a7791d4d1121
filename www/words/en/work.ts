// English: work that goes on, is kept, or has stopped.

export const WORDS = {
  "crash.trap": "It ran into something it cannot recover from (see the report).",
  "crash.memory": "It needed more memory than the browser allows. Use fewer images per batch, a smaller network, or fewer engines.",
  "crash.page":
    "Part of this page has stopped: {0}. The rest keeps working. Copy the report and send it to us, or reload the page; saved models and " +
    "settings stay.",
  "data.busy": "Something is running. Wait for it or cancel it, then open the data set.",
  "link.no-network": "The link asks for an attack, but its network could not be loaded. Train one, or reload the page when you are online.",
  "memory.batch": "This training would need about {0} GB of memory, and about {1} GB are available. Use a batch of at most {2}.",
  "memory.network": "This training would need about {0} GB of memory, however small the batch, and about {1} GB are available. Use a smaller network.",
  "memory.file": "Opening this file would need about {0} GB of memory, and about {1} GB are available. Open it on a larger device.",
  "memory.resume": "Resuming this training would need about {0} GB of memory, and about {1} GB are available. Resume it on a larger device.",
  "memory.evaluation": "Measuring these models would need about {0} GB of memory, and about {1} GB are available. Choose fewer or smaller models.",
  "memory.kept": "The models in this file would need about {0} GB of memory, and about {1} GB are available. Open it on a larger device.",
  "engines.fewer": "This device has memory for {0} of the {1} engines.",
  "resume.gone": "The checkpoint of this training no longer exists. Train again from the start.",
  "resume.train": "Training of “{0}” was interrupted at step {1} of {2}.",
  "resume.train_purifier": "Training of the purifier of “{0}” was interrupted at step {1} of {2}.",
  "resume.needs-set": "This training learns from the data set “{0}”. Open it under Data, then resume.",
  "resume.opens-set": "It learns from the data set “{0}”, which will be opened first.",
  "resume.wants-set": "It learns from the data set “{0}”: open that under Data first.",
  "resume.opens-drawn": "It learns from drawn signs; the open data set will be closed first.",
  "resume.replaces.train": "Training of “{0}” was interrupted at step {1} of {2}. If you train this model now, that training can no longer be resumed.",
  "resume.replaces.train_purifier":
    "Training of the purifier of “{0}” was interrupted at step {1} of {2}. If you train it now, that training can no longer be resumed.",
  "resume.replace-question": "Give up the interrupted training?",
  "resume.replace": "Train now",
  "resume.go": "Resume training",
  "resume.forget": "Discard it",
  "kept.elsewhere": "This page is open in another tab, and that tab saves the work. What you do here is saved once the other tab is closed.",
  "kept.take-over": "Save from this tab instead",
  "kept.put-on-shelf": "Put on the shelf",
};
