// Names and explanations, in English.

export const WORDS = {
  "attacker.none": "no attacker",
  "attacker.oblivious": "oblivious attacker",
  "attacker.adaptive": "adaptive attacker",
  "attacker.bpda": "BPDA attacker",
  "attack.one-pixel": "JSMA, single value",
  "defence.bits": "{0}, {1} bits",
  "defence.quality": "{0}, quality {1}",
};
