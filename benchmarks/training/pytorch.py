"""CPU milliseconds per epoch of PyTorch with its fused Adam, one thread; `null` where it is not installed.

usage: pytorch.py ROWS BATCHES REPEATS FOLDER    (as peers.py; a process of its own, as its LLVM and TensorFlow's clash)
"""

import json
import os
import sys
import time

import numpy as np

try:
    import torch
except ImportError:
    print("null")
    sys.exit()

rows, batches, repeats, folder = int(sys.argv[1]), sys.argv[2].split(","), int(sys.argv[3]), sys.argv[4]
x = torch.from_numpy(np.fromfile(os.path.join(folder, "x.bin"), dtype="<f4").reshape(rows, -1))
y = torch.from_numpy(np.fromfile(os.path.join(folder, "y.bin"), dtype="<f4").reshape(rows, 1))
torch.set_num_threads(1)


def epochs(batch):
    torch.manual_seed(1)
    model = torch.nn.Sequential(
        torch.nn.Linear(x.shape[1], 64), torch.nn.ReLU(), torch.nn.Linear(64, 32), torch.nn.ReLU(), torch.nn.Linear(32, 1)
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003, fused=True)
    times = []
    for _ in range(1 + repeats):
        start = time.process_time()
        for taken in torch.randperm(rows).split(batch):
            optimizer.zero_grad()
            torch.nn.functional.mse_loss(model(x[taken]), y[taken]).backward()
            optimizer.step()
        times.append(1000 * (time.process_time() - start))
    return times[1:]


print(json.dumps({"version": torch.__version__, "epochs": {batch: epochs(int(batch)) for batch in batches}}))
