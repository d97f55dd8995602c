"""The trained test networks: small ReLU networks fitted by Adam, in L1, to sawtooths. Most get stuck near distance 1/4 (the constant ½).

Run as `python tests/networks/train.py DIR`, with torch and onnx. The number after "saw" is the number of compositions of the tent.
"""

import sys
from pathlib import Path

import torch

JOBS = [  # name, hidden widths, compositions, seed
    ("shallow8_saw3", [8], 3, 0),
    ("shallow64_saw4", [64], 4, 1),
    ("two16_saw4", [16, 16], 4, 2),
    ("three32_saw5", [32, 32, 32], 5, 3),
    ("deep8x6_saw5", [8] * 6, 5, 4),
]


def sawtooth(x: torch.Tensor, k: int) -> torch.Tensor:
    for _ in range(k):
        x = 2 * torch.relu(x) - 2 * torch.relu(2 * x - 1)
    return x


def perceptron(widths: list[int]) -> torch.nn.Sequential:
    layers: list[torch.nn.Module] = []
    before = 1
    for width in widths:
        layers += [torch.nn.Linear(before, width), torch.nn.ReLU()]
        before = width
    return torch.nn.Sequential(*layers, torch.nn.Linear(before, 1))


def trained(widths: list[int], k: int, seed: int) -> torch.nn.Sequential:
    torch.manual_seed(seed)
    network = perceptron(widths)
    optimizer = torch.optim.Adam(network.parameters(), 1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 3000)
    for _ in range(3000):
        x = torch.rand(512, 1)
        loss = (network(x) - sawtooth(x, k)).abs().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return network


def main(folder: Path) -> None:
    torch.set_num_threads(1)
    for name, widths, k, seed in JOBS:
        network = trained(widths, k, seed)
        file = str(folder / f"{name}.onnx")
        torch.onnx.export(network, (torch.zeros(1, 1),), file, input_names=["x"], output_names=["y"], dynamo=False, opset_version=17)
        print(name, widths, k, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
