"""CPU milliseconds per epoch of Keras 3 on TensorFlow, one thread: `fit`, and a whole epoch in one tf.function.

usage: peers.py ROWS BATCHES REPEATS FOLDER    (x.bin and y.bin in FOLDER: float32, little-endian)
"""

import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
started = time.process_time()
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

importing = time.process_time() - started
tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)

rows, batches, repeats, folder = int(sys.argv[1]), sys.argv[2].split(","), int(sys.argv[3]), sys.argv[4]
x = np.fromfile(os.path.join(folder, "x.bin"), dtype="<f4").reshape(rows, -1)
y = np.fromfile(os.path.join(folder, "y.bin"), dtype="<f4").reshape(rows, 1)


def network():
    he = keras.initializers.HeUniform
    model = keras.Sequential(
        [
            keras.layers.Input((x.shape[1],)),
            keras.layers.Dense(64, activation="relu", kernel_initializer=he(seed=1)),
            keras.layers.Dense(32, activation="relu", kernel_initializer=he(seed=2)),
            keras.layers.Dense(1, kernel_initializer=he(seed=3)),
        ]
    )
    return model


class Times(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.times = []

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.process_time()

    def on_epoch_end(self, epoch, logs=None):
        self.times.append(1000 * (time.process_time() - self.start))


def fit(batch):
    model = network()
    model.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
    times = Times()
    history = model.fit(x, y, batch_size=batch, epochs=1 + repeats, verbose=0, callbacks=[times])
    return times.times[1:], history.history["loss"][-1]


def one_function(batch):
    model = network()
    optimizer = keras.optimizers.Adam(0.003)
    optimizer.build(model.trainable_variables)
    steps = rows // batch

    @tf.function(jit_compile=False)
    def epoch(data, target):
        order = tf.random.shuffle(tf.range(rows))
        for step in tf.range(steps):
            taken = order[step * batch : (step + 1) * batch]
            with tf.GradientTape() as tape:
                error = model(tf.gather(data, taken), training=True) - tf.gather(target, taken)
                loss = tf.reduce_mean(tf.square(error))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))

    data, target = tf.constant(x), tf.constant(y)
    epoch(data, target)
    times = []
    for _ in range(repeats):
        start = time.process_time()
        epoch(data, target)
        times.append(1000 * (time.process_time() - start))
    return times


results = {}
for batch in batches:
    times, loss = fit(int(batch))
    results[batch] = {"fit": times, "loss": loss, "function": one_function(int(batch))}
print(json.dumps({"keras": keras.__version__, "tensorflow": tf.__version__, "importing": importing, "results": results}))
