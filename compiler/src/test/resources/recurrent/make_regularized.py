#!/usr/bin/env python3
"""Writes embedding.txt for embedding.nn in this folder, in the format of make_fixtures.py.

    python3 make_regularized.py          (written with PyTorch 1.13, Debian's python3-torch)

nn.Embedding, nn.RNN and nn.Linear in double precision; l2 is added to the loss for all matrices, l1
for the bias of the recurrent layer (the sum of PyTorch's two) and for the table.
"""

import torch
from torch import nn

from make_fixtures import BATCH, OUTPUTS, STEPS, UNITS, Library, pathlib, same, write

WORDS, WIDTH = 6, 4


def make():
    torch.manual_seed(41)
    table = nn.Embedding(WORDS, WIDTH)
    cell = Library(nn.RNN(WIDTH, UNITS, batch_first=True), [""], {"l0": "rnn"})
    dense = nn.Linear(UNITS, OUTPUTS)
    modules = [table, cell, dense]
    with torch.no_grad():
        for module in modules:
            for parameter in module.parameters():
                parameter.copy_(0.5 * torch.randn(parameter.shape))
    word = torch.randint(WORDS, (BATCH, STEPS))
    y = torch.randn(BATCH, STEPS, OUTPUTS)
    h = cell(table(word))
    p = dense(h)
    values = {
        "embedding.W": table.weight,
        **cell.named(lambda v: v, torch.add),
        "dense.W": dense.weight.t(),
        "dense.b": dense.bias,
    }
    squares = sum((values[n] ** 2).sum() for n in ["embedding.W", "rnn.W", "rnn.U", "dense.W"])
    sizes = values["rnn.b"].abs().sum() + table.weight.abs().sum()
    loss = nn.functional.mse_loss(p, y) + 0.03 * squares + 0.02 * sizes
    loss.backward()
    gradients = {
        "embedding.W": table.weight.grad,
        **cell.named(lambda v: v.grad, same),
        "dense.W": dense.weight.grad.t(),
        "dense.b": dense.bias.grad,
    }
    given = {"word": word, "y": y, **values, "p": p, "h": h, "loss": loss}
    with open(pathlib.Path(__file__).parent / "embedding.txt", "w") as file:
        for key, value in given.items():
            write(file, key, value)
        for key, value in gradients.items():
            write(file, "d_" + key, value)


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    make()
