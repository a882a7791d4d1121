"""The two networks, the images and the training: everything that the attacks of `make.py` need, in JAX and NumPy.

A network is a function from its weights and a batch of images (N×3×H×W, pixels in [0, 1]) to logits (N×classes).
Weights are a dictionary with PyTorch's names and layouts: `conv1.weight` [out, in, kh, kw], `dense1.weight` [out, in].

The images are made here: each class has a smooth random picture, which is shifted, brightened, given more or less
contrast and noise, clipped to [0, 1] and rounded to multiples of 1/255. High contrast saturates many pixels at exactly
0 or 1.
"""

from dataclasses import dataclass
from typing import Callable

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax


def conv(weights, name, x, padding=0):
    """A convolution with stride 1: N×C×H×W to N×D×H'×W'."""
    pads = [(padding, padding)] * 2
    numbers = ("NCHW", "OIHW", "NCHW")
    y = lax.conv_general_dilated(x, weights[f"{name}.weight"], (1, 1), pads, dimension_numbers=numbers)
    return y + weights[f"{name}.bias"][None, :, None, None]


def dense(weights, name, x):
    """A fully connected layer: N×in to N×out."""
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def average_pool(x):
    """The mean of each 2×2 window."""
    return lax.reduce_window(x, 0.0, lax.add, (1, 1, 2, 2), (1, 1, 2, 2), "VALID") / 4


def max_pool(x):
    """The largest value of each 2×2 window."""
    return lax.reduce_window(x, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")


def lenet(weights, x):
    """LeNet-5 with tanh and average pooling, for 3×32×32."""
    x = average_pool(jnp.tanh(conv(weights, "conv1", x)))  # N×6×14×14
    x = average_pool(jnp.tanh(conv(weights, "conv2", x)))  # N×16×5×5
    x = jnp.tanh(conv(weights, "conv3", x))  # N×120×1×1
    x = x.reshape(len(x), -1)
    x = jnp.tanh(dense(weights, "dense1", x))  # N×84
    return dense(weights, "dense2", x)


def convnet(weights, x):
    """Two convolutions with ReLU and max pooling, for 3×16×16."""
    x = max_pool(jax.nn.relu(conv(weights, "conv1", x, padding=1)))  # N×16×8×8
    x = max_pool(jax.nn.relu(conv(weights, "conv2", x, padding=1)))  # N×32×4×4
    x = x.reshape(len(x), -1)  # channel, row, column
    x = jax.nn.relu(dense(weights, "dense1", x))  # N×64
    return dense(weights, "dense2", x)


@dataclass(frozen=True)
class Recipe:
    """What is fixed about one network, its training and its images."""

    forward: Callable
    shapes: dict  # of each layer's weight
    classes: int
    side: int  # of an image, in pixels
    seed: int
    steps: int  # of training
    contrast: float  # of the pictures of the classes, which lie around a common one: the smaller, the more alike
    noise: float  # standard deviation
    images: int  # how many are attacked; the last two have a high contrast
    target: int  # the class of the targeted attacks
    margin: tuple  # by how many logits the class of an attacked image leads: at least, at most


RECIPES = {
    "lenet": Recipe(
        forward=lenet,
        shapes={
            "conv1": (6, 3, 5, 5),
            "conv2": (16, 6, 5, 5),
            "conv3": (120, 16, 5, 5),
            "dense1": (84, 120),
            "dense2": (43, 84),
        },
        classes=43,
        side=32,
        seed=20,
        steps=600,
        contrast=0.2,
        noise=0.06,
        images=8,
        target=14,
        margin=(1.5, 4.5),
    ),
    "convnet": Recipe(
        forward=convnet,
        shapes={"conv1": (16, 3, 3, 3), "conv2": (32, 16, 3, 3), "dense1": (64, 512), "dense2": (10, 64)},
        classes=10,
        side=16,
        seed=21,
        steps=300,
        contrast=0.3,
        noise=0.08,
        images=12,
        target=3,
        margin=(1.5, 4.5),
    ),
}


class Pictures:
    """An endless, seeded source of labelled images."""

    def __init__(self, recipe, stream):
        self.recipe = recipe
        self.rng = np.random.default_rng([recipe.seed, stream])
        rng = np.random.default_rng([recipe.seed, 0])
        common = rng.uniform(-0.5, 0.5, size=(3, 5, 5))
        coarse = common + recipe.contrast * rng.uniform(-0.5, 0.5, size=(recipe.classes, 3, 5, 5))
        # Bilinear: row i of `spread` says how pixel i is mixed from the 5 coarse ones.
        at = np.linspace(0, 4, recipe.side)
        spread = np.maximum(0, 1 - np.abs(at[:, None] - np.arange(5)))
        self.prototypes = np.einsum("ia,jb,kcab->kcij", spread, spread, coarse)

    def take(self, labels, contrast=(0.6, 2.5)):
        """One image for each label."""
        n, rng = len(labels), self.rng
        moved = np.stack([np.roll(self.prototypes[k], rng.integers(-2, 3, 2), (1, 2)) for k in labels])
        gain = rng.uniform(*contrast, size=(n, 1, 1, 1))
        brightness = rng.uniform(0.35, 0.65, size=(n, 1, 1, 1))
        x = brightness + gain * moved + rng.normal(0, self.recipe.noise, moved.shape)
        return (np.round(255 * np.clip(x, 0, 1)) / 255).astype(np.float32)

    def batch(self, n):
        """`n` images of random classes, and their labels."""
        labels = self.rng.integers(0, self.recipe.classes, n)
        return self.take(labels), labels


def initial_weights(recipe):
    """Glorot-uniform weights, biases zero."""
    rng = np.random.default_rng([recipe.seed, 1])
    weights = {}
    for name, shape in recipe.shapes.items():
        window = int(np.prod(shape[2:]))
        limit = np.sqrt(6 / (window * (shape[0] + shape[1])))
        weights[f"{name}.weight"] = rng.uniform(-limit, limit, shape).astype(np.float32)
        weights[f"{name}.bias"] = np.zeros(shape[0], np.float32)
    return weights


def cross_entropy(logits, labels):
    """One value per image."""
    return -jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], 1)[:, 0]


def train(recipe, rate=2e-3):
    """Trains with Adam, briefly: the margins stay moderate and the gradients healthy."""

    @jax.jit
    def step(weights, m, v, t, x, labels):
        gradient = jax.grad(lambda w: cross_entropy(recipe.forward(w, x), labels).mean())(weights)
        m = jax.tree.map(lambda a, g: 0.9 * a + 0.1 * g, m, gradient)
        v = jax.tree.map(lambda a, g: 0.999 * a + 0.001 * g * g, v, gradient)
        scale = rate * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        return jax.tree.map(lambda w, a, b: w - scale * a / (jnp.sqrt(b) + 1e-8), weights, m, v), m, v

    pictures = Pictures(recipe, 2)
    weights = initial_weights(recipe)
    m = v = jax.tree.map(np.zeros_like, weights)
    for t in range(1, recipe.steps + 1):
        weights, m, v = step(weights, m, v, float(t), *pictures.batch(64))
    return {name: np.asarray(tensor) for name, tensor in weights.items()}


def lead(logits, wanted):
    """By how much each row's wanted class leads the best other one."""
    rows = np.arange(len(logits))
    others = np.array(logits)
    others[rows, wanted] = -np.inf
    return np.asarray(logits)[rows, wanted] - others.max(1)


def choose_images(recipe, weights):
    """The images to attack and their labels: clearly recognised, of classes as different as possible."""
    pictures = Pictures(recipe, 3)
    order = np.random.default_rng([recipe.seed, 4]).permutation(recipe.classes)
    forward = jax.jit(recipe.forward)
    images, labels = [], []
    while len(images) < recipe.images:
        label = order[len(images) % recipe.classes]
        saturated = len(images) >= recipe.images - 2
        image = pictures.take([label], (2.5, 3.0) if saturated else (0.8, 1.5))
        low, high = recipe.margin
        if low <= lead(forward(weights, image), [label])[0] <= high:
            images.append(image[0])
            labels.append(label)
    return np.stack(images), np.array(labels, np.int64)
