"""Makes the golden values of the conformance test: what Foolbox and ART find on two small networks.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make.py            # trains the networks, chooses the images, attacks them; a few minutes
    venv/bin/python make.py --keep     # attacks the networks and images that lie here already

Both libraries run on JAX's CPU build. Everything is seeded: two runs on one machine write the same bytes; on another
processor the networks may differ in the last bit, and with them all else, so networks and values are made together.

Files written beside this script:

- `<network>.safetensors`: weights, float32, PyTorch's names and layouts.
- `images_<network>.safetensors`: `images` (float32, N×3×H×W, multiples of 1/255 in [0, 1]) and `labels` (int64, N), the
  class that the network gives each image.
- `golden.safetensors`: `<network>.logits` (N×classes) and `<network>.gradients` (of each image's cross-entropy,
  N×3×H×W) in float32; the perturbations of FGSM and BIM as int8, in units of 1/510, which is exact as the pixels and
  all ε and α are multiples of it.
- `golden.json`: `header` and `cases`. `l2` and `success` of a case are in the order of its `images` (indices into the
  network's images). Success is judged here, on the returned image. A minimum-norm attack without success has `l2` null.
  FGSM and BIM name their tensor in `delta`; `undefined` lists [position in the case, index into the flattened image]
  of the pixels where at some step the gradient is below 1e-5 of the image's largest: rounding decides its sign.
  ART's `delta` names Foolbox's tensor where both found the same.

Where the libraries differ from the specification or from one another, and what is set so that they agree:

- FGSM: Foolbox's own refuses a target; its BIM with one step of α = ε is the same attack without that limit. ART
  clips to [0, 1] before it projects on the ε-ball, Foolbox after: the same, both being boxes that hold the original.
- BIM: the step is given as absolute α in both; no random start. (Foolbox's α is otherwise 0.2·ε.)
- DeepFool, of two kinds. Foolbox accumulates the steps from the original, applies the overshoot at every step and
  clips only what it evaluates: as specified, but for 1e-4 that it adds to the length of each step. ART steps from the
  clipped image and applies the overshoot once, after the last step: here its L2 lies between 0.1 % below and 2 % above
  Foolbox's. Foolbox looks at the 10 likeliest classes by default; here at all, as does ART (`nb_grads`). Both leave the
  class that the network gives.
- C&W in Foolbox checks for "no progress" on the loss summed over the batch, so that one image can end the search of
  another: with `abort_early` each image is a batch of its own here. When it finds nothing it returns a black image, and
  counts that as a success if it is misread; here it is a failure. With 10 searches or more it repeats the last with the
  largest c; all cases here have fewer. κ holds for the returned image, as specified. JAX compiles its gradients here
  (`compile_gradients`): the same sums in a sixth of the time.
- C&W in ART is another optimiser (gradient descent with a line search, no Adam). Its search over c doubles on failure,
  raises the lower end to the new c, and a tie counts as a success (here as none). A "step" is a line search of up to
  11 evaluations, so the budgets do not compare either. Its figures are a second opinion on what is within reach, no
  reference to meet to the per cent.
- ART 1.20.1 has a JAX classifier without class gradients, so `ArtClassifier` below gives it what it asks for.
"""

import os

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"  # the order of sums must not depend on the threads

import json
import sys
import warnings

sys.dont_write_bytecode = True

from functools import partial
from importlib.metadata import version
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file

warnings.filterwarnings("ignore", message="PyTorch not found")

import art.attacks.evasion as art_attacks
import eagerpy
import foolbox
from art.estimators.classification.classifier import ClassifierClassLossGradients

from networks import RECIPES, choose_images, cross_entropy, lead, train

HERE = Path(__file__).parent
FOOLBOX = f"foolbox {version('foolbox')}"
ART = f"art {version('adversarial-robustness-toolbox')}"

UNIT = 510  # perturbations are whole multiples of 1/510
UNDEFINED = 1e-5  # of an image's largest gradient

FGSM = [{"name": "fgsm", "epsilon": e / UNIT} for e in (4, 16, 51)]  # 2/255, 8/255, 0.1
BIM = [
    {"name": "bim", "epsilon": 8 / UNIT, "steps": 2, "alpha": 6 / UNIT},
    {"name": "bim", "epsilon": 16 / UNIT, "steps": 10, "alpha": 4 / UNIT},
]
DEEPFOOL = {"name": "deepfool", "steps": 50, "overshoot": 0.02}
CW = {
    "name": "cw",
    "kappa": 0.0,
    "searches": 5,
    "steps": 200,
    "learning_rate": 0.05,
    "initial_c": 1.0,
    "abort_early": True,
}
CW_SURE = {**CW, "kappa": 2.0}
CW_SLOW = {**CW, "searches": 9, "steps": 300, "learning_rate": 0.01, "initial_c": 1e-3, "abort_early": False}
CW_ART = {**CW, "steps": 50, "learning_rate": 0.5, "abort_early": False}


class Network:
    """One trained network with its images, and the jitted functions that the attacks need."""

    def __init__(self, name, weights, images, labels):
        self.name, self.recipe = name, RECIPES[name]
        self.images, self.labels = images, labels
        weights = {key: jnp.asarray(tensor) for key, tensor in weights.items()}
        self.logits = jax.jit(partial(self.recipe.forward, weights))
        self.gradients = jax.jit(jax.grad(lambda x, labels: cross_entropy(self.logits(x), labels).sum()))
        one = jax.jacrev(lambda x: self.logits(x[None])[0])
        self.class_gradients = jax.jit(jax.vmap(one))
        self.class_gradient = jax.jit(
            lambda x, label: jax.grad(lambda x: self.logits(x)[jnp.arange(len(x)), label].sum())(x)
        )


class ArtClassifier(ClassifierClassLossGradients):
    """What ART's attacks ask of a classifier, answered by a `Network`."""

    def __init__(self, network):
        super().__init__(model=network, clip_values=(0.0, 1.0))
        self.network, self.nb_classes = network, network.recipe.classes

    input_shape = property(lambda self: self.network.images.shape[1:])

    def predict(self, x, batch_size=None, logits=True):
        return np.array(self.network.logits(x))

    def loss_gradient(self, x, y):
        return np.array(self.network.gradients(x, y.argmax(1)))

    def class_gradient(self, x, label=None):
        if label is None:
            return np.array(self.network.class_gradients(x))
        return np.array(self.network.class_gradient(x, np.broadcast_to(label, len(x))))[:, None]

    def fit(self, x, y):
        raise NotImplementedError


class Goal:
    """The images of one case and what the attack wants of them; `target` None means any other class."""

    def __init__(self, network, target=None):
        self.network, self.target = network, target
        self.indices = np.flatnonzero(network.labels != (-1 if target is None else target))
        self.x = network.images[self.indices]
        own = network.labels[self.indices]
        self.classes = own if target is None else np.full_like(own, target)  # to leave, or to reach
        self.sign = 1 if target is None else -1  # of the step along the gradient of the classes' cross-entropy

    def json(self):
        return {"kind": "untargeted"} if self.target is None else {"kind": "targeted", "class": self.target}

    def success(self, adversarial, kappa=0.0):
        """Whether each image is what the attack wants, with a true lead of at least κ."""
        ahead = -self.sign * lead(self.network.logits(adversarial), self.classes)
        return (ahead > 0) & (ahead >= kappa - 1e-5)


def compile_gradients():
    """Has JAX compile the loss and gradient of every attack of Foolbox; by itself it traces them anew at each step."""
    plain = eagerpy.JAXTensor._value_and_grad_fn
    eagerpy.JAXTensor._value_and_grad_fn = lambda x, loss, has_aux=False: jax.jit(plain(x, loss, has_aux))


def check_masking():
    """Foolbox's C&W masks the label with 0·∞, which is 0 on JAX only by the grace of the compiler."""
    logits = eagerpy.astensor(jnp.array([[1.0, 5.0, 3.0], [9.0, 5.0, 7.0]]))
    others = foolbox.attacks.carlini_wagner.best_other_classes(logits, eagerpy.astensor(jnp.array([1, 0])))
    assert others.numpy().tolist() == [2, 2], "Foolbox's C&W does not find the best other class"


def run_foolbox(attack, goal):
    """The adversarial images that Foolbox finds."""
    model = foolbox.models.JAXModel(goal.network.logits, bounds=(0, 1))
    epsilon, name = attack.get("epsilon"), attack["name"]
    if name in ("fgsm", "bim"):
        step, steps = attack.get("alpha", epsilon), attack.get("steps", 1)
        runner = foolbox.attacks.LinfBasicIterativeAttack(abs_stepsize=step, steps=steps, random_start=False)
    elif name == "deepfool":
        runner = foolbox.attacks.L2DeepFoolAttack(
            steps=attack["steps"], candidates=None, overshoot=attack["overshoot"], loss="logits"
        )
    else:
        runner = foolbox.attacks.L2CarliniWagnerAttack(
            binary_search_steps=attack["searches"],
            steps=attack["steps"],
            stepsize=attack["learning_rate"],
            confidence=attack["kappa"],
            initial_const=attack["initial_c"],
            abort_early=attack["abort_early"],
        )
    criteria = foolbox.criteria
    criterion = criteria.Misclassification if goal.target is None else criteria.TargetedMisclassification
    n = len(goal.x)
    size = 1 if attack.get("abort_early") else n
    found = []
    for start in range(0, n, size):
        batch = slice(start, start + size)
        x, wanted = jnp.asarray(goal.x[batch]), criterion(jnp.asarray(goal.classes[batch]))
        raw, _, _ = runner(model, x, wanted, epsilons=epsilon)
        found.append(np.asarray(raw))
    return np.concatenate(found)


def run_art(attack, goal):
    """The adversarial images that ART finds."""
    classifier = ArtClassifier(goal.network)
    name, targeted, n = attack["name"], goal.target is not None, len(goal.x)
    if name == "fgsm":
        runner = art_attacks.FastGradientMethod(classifier, eps=attack["epsilon"], targeted=targeted, batch_size=n)
    elif name == "bim":
        runner = art_attacks.BasicIterativeMethod(
            classifier,
            eps=attack["epsilon"],
            eps_step=attack["alpha"],
            max_iter=attack["steps"],
            targeted=targeted,
            batch_size=n,
            verbose=False,
        )
    elif name == "deepfool":
        runner = art_attacks.DeepFool(
            classifier,
            max_iter=attack["steps"],
            epsilon=attack["overshoot"],
            nb_grads=classifier.nb_classes,
            batch_size=n,
            verbose=False,
        )
    else:
        runner = art_attacks.CarliniL2Method(
            classifier,
            confidence=attack["kappa"],
            targeted=targeted,
            learning_rate=attack["learning_rate"],
            binary_search_steps=attack["searches"],
            max_iter=attack["steps"],
            initial_const=attack["initial_c"],
            batch_size=n,
            verbose=False,
        )
    return runner.generate(goal.x.copy(), goal.classes)


def run_specification(attack, goal):
    """FGSM and BIM written down once more, as a check on the libraries; and where the sign is left to rounding."""
    epsilon, steps = attack["epsilon"], attack.get("steps", 1)
    alpha, x = attack.get("alpha", epsilon), goal.x
    undefined = np.zeros(x.shape, bool)
    for _ in range(steps):
        gradient = np.asarray(goal.network.gradients(x, goal.classes))
        size = np.abs(gradient)
        undefined |= size < UNDEFINED * size.max((1, 2, 3), keepdims=True)
        x = x + goal.sign * alpha * np.sign(gradient)
        x = np.clip(np.clip(x, goal.x - epsilon, goal.x + epsilon), 0, 1)
    return x, undefined


def in_units(delta):
    """A perturbation as whole multiples of 1/510."""
    units = np.round(UNIT * delta)
    assert np.abs(UNIT * delta - units).max() < 1e-3
    return units.astype(np.int8)


class Golden:
    """Collects the cases and their tensors."""

    def __init__(self):
        self.cases, self.tensors = [], {}

    def add(self, library, attack, goal, adversarial, **more):
        """One case; `more` goes into its JSON."""
        success = goal.success(adversarial, attack.get("kappa", 0.0))
        success &= adversarial.any((1, 2, 3))  # a black image is how Foolbox's C&W says that it found nothing
        l2 = np.sqrt(np.square(adversarial.astype(np.float64) - goal.x).sum((1, 2, 3)))
        unbounded = "epsilon" not in attack
        case = {
            "network": goal.network.name,
            "library": library,
            "attack": {key: round(value, 8) if isinstance(value, float) else value for key, value in attack.items()},
            "goal": goal.json(),
            "images": goal.indices.tolist(),
            "l2": [None if unbounded and not s else round(float(d), 6) for d, s in zip(l2, success)],
            "success": success.tolist(),
            **more,
        }
        self.cases.append(case)
        median = np.median(l2[success]) if success.any() else float("nan")
        label = " ".join(str(value) for value in case["attack"].values())
        print(
            f"{goal.network.name:8} {library:13} {label:44} {goal.json()['kind']:10} "
            f"success {success.sum():2}/{len(success):2}  median L2 {median:.4f}  "
            + (f"undefined {len(more['undefined'])}, {more['delta']}" if more else ""),
            flush=True,
        )

    def add_bounded(self, attack, goal):
        """FGSM or BIM by both libraries. A tensor is kept once if both found the same."""
        reference, undefined = run_specification(attack, goal)
        undefined_list = [[int(i), int(p)] for i, p in zip(*np.nonzero(undefined.reshape(len(undefined), -1)))]
        names = []
        for library, run in ((FOOLBOX, run_foolbox), (ART, run_art)):
            adversarial = run(attack, goal)
            units = in_units(adversarial - goal.x)
            differing = (units != in_units(reference - goal.x)) & ~undefined
            assert differing.mean() < 1e-4, f"{library} is not what is specified: {differing.mean()}"
            if names and (units == self.tensors[names[0]]).all():
                name = names[0]
            else:
                numbers = "_".join(str(round(attack[key] * UNIT)) for key in ("epsilon", "alpha") if key in attack)
                name = f"{goal.network.name}.{attack['name']}.{numbers}.{goal.json()['kind']}.{library.split()[0]}"
                self.tensors[name] = units
            names.append(name)
            self.add(library, attack, goal, adversarial, delta=name, undefined=undefined_list)

    def add_unbounded(self, library, attack, goal):
        """DeepFool or C&W by one library."""
        run = run_foolbox if library == FOOLBOX else run_art
        self.add(library, attack, goal, run(attack, goal))


def write_safetensors(path, tensors, metadata):
    """The format by hand: the library's own writer puts the metadata in a random order."""
    header, offset = {"__metadata__": metadata}, 0
    names = {"float32": "F32", "int64": "I64", "int8": "I8"}
    for name, tensor in tensors.items():
        end = offset + tensor.nbytes
        header[name] = {"dtype": names[tensor.dtype.name], "shape": tensor.shape, "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    data = b"".join(np.ascontiguousarray(tensor).tobytes() for tensor in tensors.values())
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)
    back = load_file(path)
    assert all((back[name] == tensor).all() for name, tensor in tensors.items())


def make_networks():
    """Trains both networks, chooses their images, writes them."""
    for name, recipe in RECIPES.items():
        weights = train(recipe)
        images, labels = choose_images(recipe, weights)
        metadata = {"format": "fool-the-sign", "architecture": name, "classes": str(recipe.classes)}
        write_safetensors(HERE / f"{name}.safetensors", weights, metadata)
        write_safetensors(HERE / f"images_{name}.safetensors", {"images": images, "labels": labels}, {"network": name})


def attack_network(golden, network):
    """All the cases of one network."""
    clean = np.asarray(network.logits(network.images))
    assert lead(clean, network.labels).min() > 1, "an image is not clearly of its class"
    golden.tensors[f"{network.name}.logits"] = clean
    golden.tensors[f"{network.name}.gradients"] = np.asarray(network.gradients(network.images, network.labels))
    goals = [Goal(network), Goal(network, network.recipe.target)]
    for goal in goals:
        for attack in FGSM + BIM:
            golden.add_bounded(attack, goal)
    for library in (FOOLBOX, ART):
        golden.add_unbounded(library, DEEPFOOL, goals[0])
    for goal in goals:
        golden.add_unbounded(FOOLBOX, CW, goal)
        golden.add_unbounded(FOOLBOX, CW_SURE, goal)
        golden.add_unbounded(FOOLBOX, CW_SLOW, goal)
        golden.add_unbounded(ART, CW_ART, goal)


def main():
    if "--keep" not in sys.argv[1:]:
        make_networks()
    compile_gradients()
    check_masking()
    golden = Golden()
    for name in RECIPES:
        data = load_file(HERE / f"images_{name}.safetensors")
        weights = load_file(HERE / f"{name}.safetensors")
        attack_network(golden, Network(name, weights, data["images"], data["labels"]))
    write_safetensors(HERE / "golden.safetensors", golden.tensors, {"delta_unit": f"1/{UNIT}"})
    packages = ("foolbox", "adversarial-robustness-toolbox", "eagerpy", "jax", "jaxlib", "numpy")
    header = {
        "made_by": "tests/conformance/make.py",
        "versions": {"python": ".".join(map(str, sys.version_info[:2])), **{p: version(p) for p in packages}},
        "seeds": {name: recipe.seed for name, recipe in RECIPES.items()},
        "delta_unit": f"1/{UNIT}",
        "undefined_below": UNDEFINED,
    }
    cases = ",\n".join("    " + json.dumps(case) for case in golden.cases)
    text = f'{{\n  "header": {json.dumps(header)},\n  "cases": [\n{cases}\n  ]\n}}\n'
    json.loads(text)
    (HERE / "golden.json").write_text(text)


if __name__ == "__main__":
    main()
