"""The networks of models/*.nn in PyTorch. Answers one line for each line that it is asked:

    version
    library                          the seconds of a product of 1024³, and the library that does it
    open MODEL TRAIN|PREDICT FILE    weights and a batch, in the safetensors format
    losses STEPS                     the losses of the next steps
    time SECONDS                     the seconds of one step
    memory                           the most memory the process ever had, in KiB
"""
import json
import re
import struct
import sys
import time

import numpy
import torch
from torch import nn

torch.set_num_threads(int(sys.argv[1]))
device = sys.argv[2] if len(sys.argv) > 2 else "cpu"
if device != "cpu":
    torch.set_default_device(device)  # since PyTorch 2.0
    torch.backends.cudnn.allow_tf32 = False  # products of 24 bits, as everywhere else
clock = time.process_time if "processor" in sys.argv[3:] else time.perf_counter


def read(path):
    """The arrays of a safetensors file by name."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        body = file.read()
    header.pop("__metadata__", None)
    arrays = {}
    for name, about in header.items():
        begin, end = about["data_offsets"]
        kind = {"F32": "<f4", "I32": "<i4"}[about["dtype"]]
        array = numpy.frombuffer(body[begin:end], kind).reshape(about["shape"])
        arrays[name] = torch.from_numpy(array.copy()).to(device)
    return arrays


class Peephole(nn.Module):
    """Gates in one product, that of the inputs for all time steps at once."""

    def __init__(self, features, units):
        super().__init__()
        self.W = nn.Parameter(torch.empty(features, 4 * units))
        self.U = nn.Parameter(torch.empty(units, 4 * units))
        self.b = nn.Parameter(torch.empty(4 * units))
        self.p_i = nn.Parameter(torch.empty(units))
        self.p_f = nn.Parameter(torch.empty(units))
        self.p_o = nn.Parameter(torch.empty(units))
        self.units = units

    def forward(self, x):
        xW = torch.addmm(self.b, x.flatten(0, 1), self.W).view(x.shape[0], x.shape[1], -1)
        s = torch.zeros(x.shape[1], self.units)
        c = torch.zeros(x.shape[1], self.units)
        for t in range(x.shape[0]):
            z_g, z_i, z_f, z_o = torch.addmm(xW[t], s, self.U).chunk(4, 1)
            i = torch.sigmoid(z_i + c * self.p_i)
            f = torch.sigmoid(z_f + c * self.p_f)
            c = i * torch.tanh(z_g) + f * c
            o = torch.sigmoid(z_o + c * self.p_o)
            s = torch.tanh(c) * o
        return s


def gates(weights, prefix, kind, order):
    return torch.cat([weights[f"{prefix}.{kind}_{gate}"] for gate in order], -1)


def lstm(weights, cells, features, units, **options):
    """An nn.LSTM; a cell is the name of an instance. Of its two biases the second stays zero."""
    module = nn.LSTM(features, units, **options)
    suffixes = [n[len("weight_ih") :] for n, _ in module.named_parameters() if "weight_ih" in n]
    for suffix, cell in zip(suffixes, cells):
        with torch.no_grad():
            getattr(module, "weight_ih" + suffix).copy_(gates(weights, cell, "W", "ifgo").T)
            getattr(module, "weight_hh" + suffix).copy_(gates(weights, cell, "U", "ifgo").T)
            getattr(module, "bias_ih" + suffix).copy_(gates(weights, cell, "b", "ifgo"))
            getattr(module, "bias_hh" + suffix).zero_()
        getattr(module, "bias_hh" + suffix).requires_grad_(False)
    return module


def gru(weights, features, units):
    module = nn.GRU(features, units)
    trained = torch.cat([torch.zeros(2 * units), torch.ones(units)])
    with torch.no_grad():
        module.weight_ih_l0.copy_(gates(weights, "gru", "W", "ruh").T)
        module.weight_hh_l0.copy_(gates(weights, "gru", "U", "ruh").T)
        module.bias_ih_l0.copy_(gates(weights, "gru", "b", "ruh"))
        module.bias_hh_l0.zero_()
        module.bias_hh_l0[2 * units :].copy_(weights["gru.c_h"])
    module.bias_hh_l0.register_hook(lambda gradient: gradient * trained)
    return module


def linear(weights, name):
    W = weights[name + ".W"]
    module = nn.Linear(*W.shape)
    with torch.no_grad():
        module.weight.copy_(W.T)
        module.bias.copy_(weights[name + ".b"])
    return module


def convolution(weights, name, **options):
    """A layer that keeps the weights of one place side by side, as PyTorch has them."""
    W = weights[name + ".W"]
    module = nn.Conv2d(W.shape[2], W.shape[3], W.shape[0], **options)
    with torch.no_grad():
        module.weight.copy_(W.permute(3, 2, 0, 1))
        module.bias.copy_(weights[name + ".b"])
    return module


def lenet5(weights):
    """Channels stand in front of the places, and so they do where an image becomes a row."""
    W = weights["dense1.W"]
    channels = weights["conv2d2.b"].numel()
    rows = W.view(-1, channels, W.shape[1]).transpose(0, 1).reshape(W.shape)
    layers = [convolution(weights, "conv2d1", padding=2), nn.Tanh(), nn.MaxPool2d(2)]
    layers += [convolution(weights, "conv2d2"), nn.Tanh(), nn.MaxPool2d(2), nn.Flatten()]
    layers += [linear({**weights, "dense1.W": rows}, "dense1"), nn.Tanh()]
    layers += [linear(weights, "dense2"), nn.Tanh(), linear(weights, "dense3")]
    return nn.Sequential(*layers)


def peephole(weights):
    features, units = weights["lstm.W_g"].shape
    module = Peephole(features, units)
    with torch.no_grad():
        for kind in "WUb":
            getattr(module, kind).copy_(gates(weights, "lstm", kind, "gifo"))
        for gate in "ifo":
            getattr(module, "p_" + gate).copy_(weights["lstm.p_" + gate])
    return module


class Recurrent(nn.Module):
    def __init__(self, cell, dense):
        super().__init__()
        self.cell = cell
        self.dense = dense

    def forward(self, x):
        h = self.cell(x)
        return self.dense(h[0][-1] if isinstance(h, tuple) else h)


def network(model, weights):
    """The network of a model file, and its loss."""
    if model == "xor":
        layers = [linear(weights, "dense1"), nn.Tanh(), linear(weights, "dense2")]
        return nn.Sequential(*layers), nn.functional.binary_cross_entropy_with_logits
    if model == "lenet5":
        return lenet5(weights), nn.functional.cross_entropy
    if model.startswith("mlp"):
        layers = []
        for name in sorted(n[:-2] for n in weights if n.endswith(".W")):
            layers += [linear(weights, name), nn.ReLU()]
        return nn.Sequential(*layers[:-1]), nn.functional.cross_entropy
    if model.startswith("bidirectional"):
        features, units = weights["bidirectional1.lstm1.W_g"].shape
        cells = [f"bidirectional{layer}.lstm{way}" for layer in (1, 2) for way in (1, 2)]
        cell = lstm(weights, cells, features, units, num_layers=2, bidirectional=True)
    elif model.startswith("gru"):
        cell = gru(weights, *weights["gru.W_r"].shape)
    elif model.startswith("peephole"):
        cell = peephole(weights)
    else:
        cell = lstm(weights, ["lstm"], *weights["lstm.W_g"].shape)
    return Recurrent(cell, linear(weights, "dense")), nn.functional.mse_loss


class Work:
    def __init__(self, model, kind, path):
        arrays = read(path)
        weights = {n[10:]: a for n, a in arrays.items() if n.startswith("parameter/")}
        self.x, self.y = (
            next(a for n, a in arrays.items() if n.startswith(part)) for part in ("input", "target")
        )
        self.module, self.loss = network(model, weights)
        self.model = model
        self.predicts = kind == "PREDICT"
        if self.y.dtype == torch.int32:
            self.y = self.y.long()
        if model == "lenet5":
            self.x = self.x.movedim(-1, 1).contiguous()
        if isinstance(self.module, Recurrent):
            self.x = self.x.transpose(0, 1).contiguous()
        trained = [p for p in self.module.parameters() if p.requires_grad]
        if model == "xor":
            self.optimizer = torch.optim.SGD(trained, lr=0.5, momentum=0.9)
        else:
            self.optimizer = torch.optim.Adam(trained)

    def outputs(self):
        last = torch.sigmoid if self.model == "xor" else lambda z: torch.softmax(z, -1)
        return last(self.module(self.x))

    def step(self):
        if self.predicts:
            with torch.inference_mode():
                return self.outputs().sum()
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.module(self.x), self.y)
        loss.backward()
        self.optimizer.step()
        return loss


def seconds_each(action, seconds):
    wait = torch.cuda.synchronize if device == "cuda" else lambda: None
    wait()
    start = now = clock()
    count = 0
    while now < start + seconds:
        action()
        count += 1
        now = clock()
    wait()
    return (clock() - start) / count


def library():
    """The shared libraries of linear algebra that are loaded; PyTorch's own settings if none is."""
    with open("/proc/self/maps") as file:
        paths = {line.split()[-1] for line in file if "/" in line}
    names = {"/".join(path.split("/")[-2:]) for path in paths}
    known = re.compile(r"blas|mkl|blis|atlas", re.IGNORECASE)
    found = sorted(n for n in names if known.search(n.split("/")[-1]))
    if not found:
        settings = re.search(r"BLAS_INFO=(\w+)", torch.__config__.show())
        found = ["in PyTorch: " + (settings.group(1) if settings else "unknown")]
    a, b = torch.rand(2, 1024, 1024)
    torch.mm(a, b)
    return min(seconds_each(lambda: torch.mm(a, b), 0.1) for _ in range(10)), " ".join(found)


def peak():
    """The most memory that this process ever had, in KiB (on Linux)."""
    with open("/proc/self/status") as file:
        return next(line.split()[1] for line in file if line.startswith("VmHWM:"))


work = None
for line in sys.stdin:
    command, *words = line.split()
    if command == "version":
        print(torch.__version__, flush=True)
    elif command == "library":
        print(*library(), flush=True)
    elif command == "open":
        work = Work(*words)
        print("ready", flush=True)
    elif command == "losses":
        print(*(work.step().item() for _ in range(int(words[0]))), flush=True)
    elif command == "time":
        print(seconds_each(work.step, float(words[0])), flush=True)
    elif command == "memory":
        print(peak(), flush=True)
