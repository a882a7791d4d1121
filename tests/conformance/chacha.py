"""The project's random numbers (`src/rng.rs`) in NumPy: ChaCha8 (Bernstein 2008) seeded as Rust's `rand_core` seeds it."""

import numpy as np

CONSTANTS = np.frombuffer(b"expand 32-byte k", "<u4")


def key(seed):
    """`seed_from_u64`: 32 bytes from a PCG32 (O'Neill 2014)."""
    words, state = [], seed
    for _ in range(8):
        state = (state * 6364136223846793005 + 11634580027462260723) % 2**64
        shifted, turn = (((state >> 18) ^ state) >> 27) % 2**32, state >> 59
        words.append(((shifted >> turn) | (shifted << (32 - turn))) % 2**32)
    return np.array(words, np.uint32)


def blocks(seed, stream, first, count):
    """Blocks of 16 words, from the first on."""
    counters = np.arange(first, first + count, dtype=np.uint64)
    low, high = (counters % 2**32).astype(np.uint32), (counters >> np.uint64(32)).astype(np.uint32)
    fixed = [np.full(count, word, np.uint32) for word in (*CONSTANTS, *key(seed))]
    tail = [np.full(count, word, np.uint32) for word in (stream % 2**32, stream >> 32)]
    start = [*fixed, low, high, *tail]
    x = [word.copy() for word in start]

    def turned(word, by):
        return (word << np.uint32(by)) | (word >> np.uint32(32 - by))

    def quarter(a, b, c, d):
        for one, two, three, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            x[one] = x[one] + x[two]
            x[three] = turned(x[three] ^ x[one], by)

    for _ in range(4):
        for column in range(4):
            quarter(column, 4 + column, 8 + column, 12 + column)
        for i in range(4):
            quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return np.stack([word + own for word, own in zip(x, start)], 1).ravel()


class Rng:
    """One stream of one seed."""

    def __init__(self, seed, stream):
        self.seed, self.stream, self.words, self.at = seed, stream, np.zeros(0, np.uint32), 0

    def take(self, n):
        while len(self.words) < self.at + n:
            more = blocks(self.seed, self.stream, len(self.words) // 16, 64)
            self.words = np.concatenate([self.words, more])
        self.at += n
        return self.words[self.at - n : self.at]

    def units(self, n):
        """Uniform in [0, 1)."""
        return (self.take(n) >> np.uint32(8)).astype(np.float32) * np.float32(2**-24)

    def below(self, n):
        return int(self.take(1)[0]) * n >> 32

    def signs(self, n):
        return np.where(self.units(n) < 0.5, 1, -1).astype(np.float32)
