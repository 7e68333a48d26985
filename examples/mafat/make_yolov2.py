"""Make the first 16 layers of YOLOv2, the network of MAFAT (arXiv 2107.06960).

    python make_yolov2.py OUT.tflite [--type float32|int8] [--size 608]

Convolutions and 2x2 max pools as in Darknet's yolov2.cfg, from the image to the layer
before the 17th. Batch normalization is folded into weights and bias; every convolution
is followed by LEAKY_RELU with 0.1. Weights are random, from a seed: the network
recognises nothing, and takes the memory and the work that YOLOv2 takes. In int8 inputs,
outputs and weights are int8, a scale per output channel of the weights.

Needs ai-edge-litert and numpy.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "fixtures" / "make"))

from flatmodel import FLOAT32, INT8, LEAKY, LINEAR, PIXELS, POOLED, Chain

POOL = (0, 0)
# Channels and kernel of each layer.
LAYERS = [
    (32, 3),
    POOL,
    (64, 3),
    POOL,
    (128, 3),
    (64, 1),
    (128, 3),
    POOL,
    (256, 3),
    (128, 1),
    (256, 3),
    POOL,
    (512, 3),
    (256, 1),
    (512, 3),
    (256, 1),
]
# Height and width are halved as often as there are pools.
SHRINK = 2 ** LAYERS.count(POOL)
SEED = 2107


def make(size: int, is_quantized: bool) -> bytes:
    """Make the network for images of `size` by `size`."""
    chain = Chain((size, size, 3), INT8 if is_quantized else FLOAT32, SEED, PIXELS)
    for channels, kernel in LAYERS:
        if (channels, kernel) == POOL:
            chain.max_pool(2, POOLED)
        else:
            chain.convolve("CONV_2D", channels, kernel, LINEAR)
            chain.leaky_relu(0.1, LEAKY)
    return chain.content("YOLOv2, 16 layers, random weights.")


def main() -> None:
    """Write the network."""
    parser = argparse.ArgumentParser(description="Make 16 layers of YOLOv2.")
    parser.add_argument("output", type=Path)
    parser.add_argument("--type", choices=["float32", "int8"], default="float32")
    parser.add_argument("--size", type=int, default=608)
    options = parser.parse_args()
    if options.size < SHRINK or options.size % SHRINK:
        parser.error(f"--size must be a multiple of {SHRINK}")
    options.output.write_bytes(make(options.size, options.type == "int8"))


if __name__ == "__main__":
    main()
