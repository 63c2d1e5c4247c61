#!/usr/bin/env python3
"""Writes what PyTorch makes of the networks in this folder: NAME.txt for NAME.nn.

    python3 make_fixtures.py          (written with PyTorch 1.13, Debian's python3-torch)

Everything is in double precision and drawn from one seed a file, so that a second run writes the
same numbers. A file holds blocks of a line with a name and a shape and a line for each row of the
last axis: the input x and the target y of 3 examples, every parameter under the name that the
model's weights file uses, the outputs p and h of all time steps, the loss, and after "d_" the
gradient of each parameter.

PyTorch keeps the gates of a layer in one matrix, (units of all gates) x (inputs): the gates of
nn.LSTM in the order i, f, g, o and those of nn.GRU in the order r, z, n, which are r, u and h of
the model. It has two biases a gate, of the input and of the state; where they are added the model
has their sum, and the gradients of the two are alike. Only the candidate of nn.GRU keeps them
apart: there the second one, c_h of the model, stands inside the product with the reset gate.

In packed.txt the examples have different lengths, which nn.LSTM takes as packed sequences; p and h
have the examples' own steps only, one example after another.
"""

import pathlib

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

STEPS, BATCH, INPUTS, UNITS, OUTPUTS = 7, 3, 4, 5, 3


def of_layer(rnn, suffix, gates, pick):
    """What `pick` takes of the parameters of one layer and direction, named as in the model."""
    parts = {
        kind: pick(getattr(rnn, kind + "_" + suffix)).chunk(len(gates))
        for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    }
    named = {}
    for k, gate in enumerate(gates):
        ending = "_" + gate if gate else ""
        named["W" + ending] = parts["weight_ih"][k].t()
        named["U" + ending] = parts["weight_hh"][k].t()
        named["b" + ending] = (parts["bias_ih"][k], parts["bias_hh"][k])
    return named


def biases(named, join):
    """The two biases of each gate made one."""
    return {n: join(*v) if isinstance(v, tuple) else v for n, v in named.items()}


def same(a, b):
    """Both, which are alike."""
    assert torch.allclose(a, b, rtol=0, atol=1e-15)
    return a


class Library(nn.Module):
    """One of PyTorch's own recurrent networks."""

    def __init__(self, rnn, gates, paths):
        super().__init__()
        self.rnn, self.gates, self.paths = rnn, gates, paths

    def forward(self, x):
        return self.rnn(x)[0]

    def named(self, pick, join):
        result = {}
        for suffix, path in self.paths.items():
            layer = of_layer(self.rnn, suffix, self.gates, pick)
            if isinstance(self.rnn, nn.GRU):
                layer["b_h"], layer["c_h"] = layer["b_h"]
            result.update({path + "." + n: v for n, v in biases(layer, join).items()})
        return result


class Packed(Library):
    """Sequences of different lengths in one batch."""

    lengths = [5, 7, 2]

    def forward(self, x):
        packed = pack_padded_sequence(x, self.lengths, batch_first=True, enforce_sorted=False)
        return pad_packed_sequence(self.rnn(packed)[0], batch_first=True)[0]


class EncoderDecoder(nn.Module):
    """A second LSTM that begins with the last states of the first."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.LSTM(INPUTS, UNITS, batch_first=True)
        self.decoder = nn.LSTM(INPUTS, UNITS, batch_first=True)

    def forward(self, x):
        return self.decoder(x, self.encoder(x)[1])[0]

    def named(self, pick, join):
        result = {}
        for path, rnn in {"lstm1": self.encoder, "lstm2": self.decoder}.items():
            layer = of_layer(rnn, "l0", list("ifgo"), pick)
            result.update({path + "." + n: v for n, v in biases(layer, join).items()})
        return result


class Peepholes(nn.Module):
    """The equations of Gers, Schraudolph & Schmidhuber (2002), an example a row of x."""

    def __init__(self):
        super().__init__()
        shapes = {
            **{"W_" + gate: (INPUTS, UNITS) for gate in "gifo"},
            **{"U_" + gate: (UNITS, UNITS) for gate in "gifo"},
            **{"b_" + gate: (UNITS,) for gate in "gifo"},
            **{"p_" + gate: (UNITS,) for gate in "ifo"},
        }
        for name, shape in shapes.items():
            setattr(self, name, nn.Parameter(torch.empty(shape)))

    def forward(self, x):
        s = c = x.new_zeros(x.shape[0], UNITS)
        steps = []
        for t in range(x.shape[1]):
            v = x[:, t]
            g = torch.tanh(v @ self.W_g + s @ self.U_g + self.b_g)
            i = torch.sigmoid(v @ self.W_i + s @ self.U_i + self.b_i + self.p_i * c)
            f = torch.sigmoid(v @ self.W_f + s @ self.U_f + self.b_f + self.p_f * c)
            c = f * c + i * g
            o = torch.sigmoid(v @ self.W_o + s @ self.U_o + self.b_o + self.p_o * c)
            s = o * torch.tanh(c)
            steps.append(s)
        return torch.stack(steps, dim=1)

    def named(self, pick, join):
        return {"lstm." + name: pick(value) for name, value in self.named_parameters()}


BIDIRECTIONAL = {
    "l0": "bidirectional1.lstm1",
    "l0_reverse": "bidirectional1.lstm2",
    "l1": "bidirectional2.lstm1",
    "l1_reverse": "bidirectional2.lstm2",
}


def two_layers():
    return nn.LSTM(INPUTS, UNITS, num_layers=2, bidirectional=True, batch_first=True)


def networks():
    """The name, the numbers that come out at a time step, and what makes the network."""
    yield "rnn", UNITS, lambda: Library(
        nn.RNN(INPUTS, UNITS, batch_first=True), [""], {"l0": "rnn"}
    )
    yield "lstm", UNITS, lambda: Library(
        nn.LSTM(INPUTS, UNITS, batch_first=True), list("ifgo"), {"l0": "lstm"}
    )
    yield "gru", UNITS, lambda: Library(
        nn.GRU(INPUTS, UNITS, batch_first=True), list("ruh"), {"l0": "gru"}
    )
    yield "bidirectional", 2 * UNITS, lambda: Library(two_layers(), list("ifgo"), BIDIRECTIONAL)
    yield "peepholes", UNITS, Peepholes
    yield "encoder", UNITS, EncoderDecoder
    yield "packed", 2 * UNITS, lambda: Packed(two_layers(), list("ifgo"), BIDIRECTIONAL)


def write(file, name, value):
    """A block: a line with the name and the shape, and the rows of the last axis."""
    file.write(" ".join([name] + [str(n) for n in value.shape]) + "\n")
    for row in value.detach().reshape(-1, value.shape[-1] if value.dim() else 1).tolist():
        file.write(" ".join(repr(number) for number in row) + "\n")


def make(name, width, build, seed):
    """Writes the file of one network with a dense layer on top."""
    torch.manual_seed(seed)
    network = build().double()
    dense = nn.Linear(width, OUTPUTS).double()
    with torch.no_grad():
        for parameter in [*network.parameters(), *dense.parameters()]:
            parameter.copy_(0.5 * torch.randn(parameter.shape, dtype=torch.float64))
    x = torch.randn(BATCH, STEPS, INPUTS, dtype=torch.float64)
    y = torch.randn(BATCH, STEPS, OUTPUTS, dtype=torch.float64)
    h = network(x)
    p = dense(h)
    if isinstance(network, Packed):
        own = list(enumerate(network.lengths))
        loss = torch.stack([nn.functional.mse_loss(p[k, :n], y[k, :n]) for k, n in own]).mean()
    else:
        loss = nn.functional.mse_loss(p, y)
    loss.backward()
    values = {
        **network.named(lambda v: v, torch.add),
        "dense.W": dense.weight.t(),
        "dense.b": dense.bias,
    }
    gradients = {
        **network.named(lambda v: v.grad, same),
        "dense.W": dense.weight.grad.t(),
        "dense.b": dense.bias.grad,
    }
    given = {"x": x, "y": y}
    if isinstance(network, Packed):
        given["lengths"] = torch.tensor(network.lengths)
        p, h = (torch.cat([v[k, :n] for k, n in own]) for v in (p, h))
    folder = pathlib.Path(__file__).parent
    with open(folder / (name + ".txt"), "w") as file:
        for key, value in {**given, **values, "p": p, "h": h, "loss": loss}.items():
            write(file, key, value)
        for key, value in gradients.items():
            write(file, "d_" + key, value)


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    for number, (name, width, build) in enumerate(networks()):
        make(name, width, build, seed=number + 1)
