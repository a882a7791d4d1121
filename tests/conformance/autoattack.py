"""Makes `autoattack.json` and `seeded.json`: what FAB-T, APGD (its three losses) and Square find on the networks of `make.py`, by
implementations of our own.

    venv/bin/python autoattack.py      # in the environment of make.py; a few minutes

They are written down once more from the papers and from the authors' code (github.com/fra31/auto-attack), in NumPy, because no library
serves: ART's APGD asks for PyTorch or TensorFlow, knows no targeted ratio, halves its steps at other places than the authors and keeps
its momentum in another form; ART's Square halves p at fixed iterations whatever the number of queries; Foolbox has none of the three.

FAB-T has nothing random in it, so its L∞ is compared image by image. APGD and Square start at random: `autoattack.json` has how many
images each fools at several ε, with as many steps or queries, from starts of NumPy's. In `seeded.json` they draw the project's own random
numbers (`chacha.py`), so that both begin at the same place: it has the loss that APGD's image of each original has in the end, and the
margin that Square's has.

    venv/bin/python autoattack.py --seeded    # the latter alone; half a minute
"""

import os

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

import json
import sys

sys.dont_write_bytecode = True

from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file

from chacha import Rng
from networks import RECIPES, cross_entropy, lead

HERE = Path(__file__).parent
TARGETS = 3
EPSILONS = [1 / 255, 2 / 255, 4 / 255, 8 / 255, 16 / 255]


def dlr(z, y, _):
    """Difference of logits ratio (equation 6)."""
    rows, ranked = jnp.arange(len(z)), jnp.sort(z, axis=1)
    own, first = z[rows, y], ranked[:, -1]
    best_other = jnp.where(own == first, ranked[:, -2], first)
    return -(own - best_other) / (first - ranked[:, -3] + 1e-12)


def dlr_targeted(z, y, t):
    """Its targeted form (equation 7)."""
    rows, ranked = jnp.arange(len(z)), jnp.sort(z, axis=1)
    return -(z[rows, y] - z[rows, t]) / (ranked[:, -1] - (ranked[:, -3] + ranked[:, -4]) / 2 + 1e-12)


class Network:
    """A network with its images."""

    def __init__(self, name):
        weights = {key: jnp.asarray(value) for key, value in load_file(HERE / f"{name}.safetensors").items()}
        data = load_file(HERE / f"images_{name}.safetensors")
        self.x, self.y = data["images"], data["labels"]
        self.logits = jax.jit(partial(RECIPES[name].forward, weights))
        losses = {"ce": lambda z, y, t: cross_entropy(z, y), "dlr": dlr, "dlr_targeted": dlr_targeted}
        of = lambda loss: lambda x, y, t: loss(self.logits(x), y, t)
        self.losses = {name: jax.jit(of(loss)) for name, loss in losses.items()}
        summed = lambda loss: lambda x, y, t: of(loss)(x, y, t).sum()
        self.gradients = {name: jax.jit(jax.grad(summed(loss))) for name, loss in losses.items()}

        def difference(x, y, t):
            rows, z = jnp.arange(len(x)), self.logits(x)
            return z[rows, t] - z[rows, y]

        self.difference = jax.jit(difference)
        self.slope = jax.jit(jax.grad(lambda x, y, t: difference(x, y, t).sum()))

    def fooled(self, x):
        return lead(np.asarray(self.logits(x)), self.y) < 0

    def others(self):
        """The classes of each image but its own, likeliest first."""
        order = np.argsort(-np.asarray(self.logits(self.x)), axis=1, kind="stable")
        return np.array([[c for c in row if c != label] for row, label in zip(order, self.y)])


def to_plane(x, w, beyond):
    """The smallest step in L∞ from x, within [0, 1], that changes w·x by −beyond; by bisection."""
    sign = -np.sign(beyond) * np.sign(w)
    room = np.where(sign > 0, 1 - x, np.where(sign < 0, x, 0)).astype(np.float64)
    low, high = 0.0, 1.0
    if (np.abs(w) * room).sum() > abs(beyond):
        for _ in range(60):
            middle = (low + high) / 2
            if (np.abs(w) * np.minimum(room, middle)).sum() < abs(beyond):
                low = middle
            else:
                high = middle
    return (sign * np.minimum(room, high)).astype(np.float32)


def fab(network, steps, targets):
    """Smallest L∞ of a success for each image, infinite without one. Targeted, without a random start."""
    x0, y, others = network.x, network.y, network.others()
    norms = np.full(len(x0), np.inf)
    for rank in range(min(targets, others.shape[1])):
        x, t = x0.copy(), others[:, rank]
        for _ in range(steps):
            ahead, w = np.asarray(network.difference(x, y, t)), np.asarray(network.slope(x, y, t))
            for i in range(len(x)):
                b = (w[i].astype(np.float64) * x[i]).sum() - ahead[i]
                here = to_plane(x[i], w[i], (w[i].astype(np.float64) * x[i]).sum() - b)
                there = to_plane(x0[i], w[i], (w[i].astype(np.float64) * x0[i]).sum() - b)
                near, far = (max(np.abs(step).max(), 1e-8) for step in (here, there))
                alpha = min(near / (near + far), 0.1)
                x[i] = np.clip((x[i] + 1.05 * here) * (1 - alpha) + (x0[i] + 1.05 * there) * alpha, 0, 1)
            for i in np.flatnonzero(network.fooled(x)):
                norms[i] = min(norms[i], np.abs(x[i] - x0[i]).max())
                x[i] = x0[i] + (x[i] - x0[i]) * 0.9
    return norms


def per_image(values):
    return values.reshape(-1, 1, 1, 1)


def apgd(network, epsilon, steps, seed, name, targets=1):
    """Which images APGD fools; with the targeted ratio towards each of the likeliest other classes. An image that is fooled is left out by
    the authors afterwards: that changes nothing for the others."""
    rng = np.random.default_rng(seed)
    aims = network.others()[:, :targets].T if name == "dlr_targeted" else [network.y]
    noise = lambda: rng.uniform(-1, 1, network.x.shape).astype(np.float32)
    return np.any([climb(network, epsilon, steps, noise(), name, aim)[0] for aim in aims], axis=0)


def climb(network, epsilon, steps, noise, name, t):
    """From one start (algorithm 1): which images are fooled, and for each the last success, or else the image with the highest loss."""
    x0, y = network.x, network.y
    look = lambda x: (np.array(network.losses[name](x, y, t)), np.array(network.gradients[name](x, y, t)))
    project = lambda x: np.clip(np.clip(x, x0 - epsilon, x0 + epsilon), 0, 1)
    x = project(x0 + epsilon * noise / np.abs(noise).max((1, 2, 3), keepdims=True))
    size = np.full(len(x), 2 * epsilon, np.float32)
    loss, gradient = look(x)
    best, best_x, best_gradient = loss.copy(), x.copy(), gradient.copy()
    fooled, fooling = network.fooled(x), x.copy()
    best_before, halved_before = best.copy(), np.ones(len(x), bool)
    period, since, rises, before = max(int(0.22 * steps), 1), 0, np.zeros(len(x)), x.copy()
    for step in range(steps):
        weight = 1.0 if step == 0 else 0.75
        z = project(x + per_image(size) * np.sign(gradient))
        moved = project(x + weight * (z - x) + (1 - weight) * (x - before)).astype(np.float32)
        before, x = x, moved
        last, (loss, gradient) = loss, look(x)
        here = network.fooled(x)
        fooled, fooling = fooled | here, np.where(per_image(here), x, fooling)
        rises += loss > last
        better = loss > best
        best, best_x = np.where(better, loss, best), np.where(per_image(better), x, best_x)
        best_gradient = np.where(per_image(better), gradient, best_gradient)
        since += 1
        if since == period:
            halve = (rises <= 0.75 * period) | (~halved_before & (best_before >= best))
            size = np.where(halve, size / 2, size)
            x, gradient = np.where(per_image(halve), best_x, x), np.where(per_image(halve), best_gradient, gradient)
            best_before, halved_before = best.copy(), halve
            period, since, rises = max(period - max(int(0.03 * steps), 1), max(int(0.06 * steps), 1)), 0, rises * 0
    return fooled, np.where(per_image(fooled), fooling, best_x)


class Numpys:
    """NumPy's random numbers, the same for all images."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def below(self, n):
        return int(self.rng.integers(n))

    def signs(self, n):
        return self.rng.choice([-1, 1], n).astype(np.float32)


def square(network, epsilon, queries, rngs):
    """The margin that Square leaves each image, below 0 where it is fooled; `rngs` are of each image."""
    x0, y = network.x, network.y
    n, c, h, w = x0.shape
    stripes = np.stack([rng.signs(c * w).reshape(c, 1, w) for rng in rngs])
    x = np.clip(x0 + epsilon * stripes, 0, 1)
    margin = lead(np.asarray(network.logits(x)), y)
    for query in range(1, queries):
        if (margin < 0).all():
            break
        halvings = sum(query / queries * 10_000 > at for at in (10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000))
        side = int(np.clip(round((0.8 / 2**halvings * h * w) ** 0.5), 1, min(h, w) - 1))
        new = x.copy()
        for i in np.flatnonzero(margin >= 0):
            top, left = rngs[i].below(h - side + 1), rngs[i].below(w - side + 1)
            part = np.s_[i, :, top : top + side, left : left + side]
            new[part] = np.clip(x0[part] + epsilon * rngs[i].signs(c).reshape(c, 1, 1), 0, 1)
        there = lead(np.asarray(network.logits(new)), y)
        better = there < margin
        x, margin = np.where(per_image(better), new, x), np.where(better, there, margin)
    return margin


def seeded():
    """APGD and Square from the project's own random numbers. What is fooled goes on over kinks of the ratios, where the last bit of a
    gradient decides where it ends; its loss is written all the same, and not compared."""
    found, seed = [], 1
    shorten = lambda values: [float(f"{value:.6g}") for value in values]
    for name in RECIPES:
        network = Network(name)
        n, each = len(network.x), network.x[0].size
        for steps, epsilon in ((10, 1 / 255), (100, 1 / 255), (40, 2 / 255)):
            for loss in network.losses:
                noise = np.stack([2 * Rng(seed << 16, image).units(each) - 1 for image in range(n)])
                aim = network.others()[:, 0] if loss == "dlr_targeted" else network.y
                fooled, x = climb(network, np.float32(epsilon), steps, noise.reshape(network.x.shape), loss, aim)
                settings = {"loss": loss, "restarts": 1, "targets": 1, "seed": seed}
                attack = {"name": "apgd", "epsilon": epsilon, "steps": steps, **settings}
                losses = shorten(np.asarray(network.losses[loss](x, network.y, aim)))
                ends = {"fooled": fooled.tolist(), "losses": losses}
                found.append({"network": name, "attack": attack, "aims": aim.tolist(), **ends})
        for epsilon in (2 / 255, 8 / 255):
            attack = {"name": "square", "epsilon": epsilon, "queries": 300, "p": 0.8, "seed": seed}
            margins = square(network, np.float32(epsilon), 300, [Rng(seed, image) for image in range(n)])
            found.append({"network": name, "attack": attack, "margins": shorten(margins)})
    write("seeded.json", found)


def write(file, found):
    (HERE / file).write_text("[\n" + ",\n".join("  " + json.dumps(case) for case in found) + "\n]\n")


def main():
    seeded()
    if "--seeded" in sys.argv:
        return
    found = []
    for name in RECIPES:
        network = Network(name)
        norms = fab(network, 30, 1)
        attack = {"name": "fab", "epsilon": 1.0, "steps": 30, "targets": 1}
        found.append({"network": name, "attack": attack, "linf": [round(float(norm), 6) for norm in norms]})
        for epsilon in EPSILONS:
            for loss in network.losses:
                settings = {"loss": loss, "restarts": 1, "targets": TARGETS, "seed": 1}
                attack = {"name": "apgd", "epsilon": epsilon, "steps": 100, **settings}
                fooled = [int(apgd(network, np.float32(epsilon), 100, seed, loss, TARGETS).sum()) for seed in range(3)]
                found.append({"network": name, "attack": attack, "fooled": fooled})
            attack = {"name": "square", "epsilon": epsilon, "queries": 500, "p": 0.8, "seed": 1}
            rngs = lambda seed: [Numpys(seed)] * len(network.x)
            fooled = [int((square(network, np.float32(epsilon), 500, rngs(seed)) < 0).sum()) for seed in range(3)]
            found.append({"network": name, "attack": attack, "fooled": fooled})
        for case in found:
            print(case, flush=True)
    write("autoattack.json", found)


if __name__ == "__main__":
    main()
