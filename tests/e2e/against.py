"""The networks of this project in JAX, compiled, for `cargo xtask bench --against`.

Reads lines of `network work batch repeats`, answers each with the seconds that it took. With `one` it keeps to one core.
"""

import os
import sys
import time

if sys.argv[1:] == ["one"]:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax  # noqa: E402  after its flags
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

RNG = np.random.default_rng(1)


def weights(*shape):
    fan = np.prod(shape[:-1])
    return jnp.asarray(RNG.normal(0, 1 / np.sqrt(fan), shape), jnp.float32), jnp.zeros(shape[-1], jnp.float32)


def conv(layer, x, stride=1, padding="VALID"):
    kernel, bias = layer
    out = jax.lax.conv_general_dilated(x, kernel, (stride, stride), padding, dimension_numbers=("NHWC", "HWIO", "NHWC"))
    return out + bias


def dense(layer, x):
    return x @ layer[0] + layer[1]


def average_pool(x):
    return jax.lax.reduce_window(x, 0.0, jax.lax.add, (1, 2, 2, 1), (1, 2, 2, 1), "VALID") / 4


def max_pool(x):
    return jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")


LENET = [weights(5, 5, 3, 6), weights(5, 5, 6, 16), weights(5, 5, 16, 120), weights(120, 84), weights(84, 43)]
SIGNNET = [weights(5, 5, 3, 32), weights(3, 3, 32, 64), weights(3, 3, 64, 128), weights(192 * 16, 256), weights(256, 43)]
WIDTHS = [3, 16, 32, 64, 128]
PURIFIER = [weights(3, 3, a, b) for a, b in zip(WIDTHS, WIDTHS[1:])] + [
    weights(3, 3, b, a) for a, b in reversed(list(zip(WIDTHS, WIDTHS[1:])))
]


def lenet(p, x):
    x = average_pool(jnp.tanh(conv(p[0], x)))
    x = average_pool(jnp.tanh(conv(p[1], x)))
    x = jnp.tanh(conv(p[2], x)).reshape(x.shape[0], -1)
    return dense(p[4], jnp.tanh(dense(p[3], x)))


def signnet(p, x):
    centred = x - x.mean((1, 2, 3), keepdims=True)
    x = centred / (jnp.sqrt((centred**2).mean((1, 2, 3), keepdims=True) + 1e-6) + 0.05)
    x = jax.nn.relu(max_pool(conv(p[0], x, padding=[(2, 2), (2, 2)])))
    x = jax.nn.relu(max_pool(conv(p[1], x, padding=[(1, 1), (1, 1)])))
    coarse = max_pool(x)
    x = jax.nn.relu(max_pool(conv(p[2], x, padding=[(1, 1), (1, 1)])))
    x = jnp.concatenate([coarse, x], 3).reshape(x.shape[0], -1)
    return dense(p[4], jax.nn.relu(dense(p[3], x)))


def purifier(p, x):
    seen = []
    for layer in p[:4]:
        seen.append(x)
        x = jax.nn.relu(conv(layer, x, 2, [(1, 1), (1, 1)]))
    for left, layer in zip((3, 2, 1, 0), p[4:]):
        x = x.repeat(2, 1).repeat(2, 2)
        x = conv(layer, x, padding=[(1, 1), (1, 1)])
        skip = seen.pop()
        x = jax.nn.relu(x) if left >= 1 else x
        x = x + skip if left >= 2 else x
    return jax.nn.sigmoid(x)


def cross_entropy(logits, one_hot):
    return -(jax.nn.log_softmax(logits) * one_hot).sum(1)


def adam(p, state, gradients):
    first, second, t = state
    t = t + 1
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradients)
    rate = 1e-3 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return jax.tree.map(lambda w, m, v: w - rate * m / (jnp.sqrt(v) + 1e-8), p, first, second), (first, second, t)


def purification(p, clean, one_hot, noise):
    """Half of the batch noisy, half under FGSM, as `train/purifier.rs` has it."""
    half = clean.shape[0] // 2
    gradient = jax.grad(lambda x: cross_entropy(lenet(LENET, x), one_hot[half:]).sum())(clean[half:])
    attacked = jnp.clip(clean[half:] + 0.03 * jnp.sign(gradient), 0, 1)
    spoilt = jnp.concatenate([jnp.clip(clean[:half] + noise[:half], 0, 1), attacked])
    output = purifier(p, spoilt)
    logits = lenet(LENET, output)
    apart = jnp.abs(logits - lenet(LENET, clean)).mean()
    return ((output - clean) ** 2).mean() + 0.3 * apart


NETWORKS = {
    "lenet": (LENET, lenet),
    "signnet": (SIGNNET, signnet),
    "purifier": (PURIFIER, lambda p, x: lenet(LENET, purifier(p, x))),
}


def run(name, work, batch, repeats):
    p, network = NETWORKS[name]
    x = jnp.asarray(RNG.random((batch, 32, 32, 3)), jnp.float32)
    noise = jnp.asarray(RNG.normal(0, 0.05, x.shape), jnp.float32)
    one_hot = jax.nn.one_hot(jnp.arange(batch) % 43, 43)
    if work == "gradient":

        def loss(x, p, one_hot):
            return cross_entropy(network(p, x), one_hot).sum()

        step = COMPILED.setdefault((name, work), jax.jit(jax.grad(loss)))
        step(x, p, one_hot).block_until_ready()
        began = time.perf_counter()
        for _ in range(repeats):
            step(x, p, one_hot).block_until_ready()
        return time.perf_counter() - began

    def loss(p, x, one_hot, noise):
        if name == "purifier":
            return purification(p, x, one_hot, noise)
        return cross_entropy(network(p, x), one_hot).mean()

    step = COMPILED.setdefault((name, work), jax.jit(lambda p, state, *batch: adam(p, state, jax.grad(loss)(p, *batch))))
    state = (jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p), jnp.float32(0))
    jax.block_until_ready(step(p, state, x, one_hot, noise))
    began = time.perf_counter()
    for _ in range(repeats):
        p, state = step(p, state, x, one_hot, noise)
    jax.block_until_ready(p)
    return time.perf_counter() - began


COMPILED = {}
print(f"JAX {jax.__version__}", flush=True)
for line in sys.stdin:
    name, work, batch, repeats = line.split()
    print(run(name, work, int(batch), int(repeats)), flush=True)
