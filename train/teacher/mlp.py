"""A small network over sentence vectors: 512 -> 256 -> 3, softmax, Adam, in NumPy."""

import numpy as np

HIDDEN, EPOCHS, BATCH, RATE, DROPOUT, DECAY = 256, 10, 256, 1e-3, 0.3, 1e-5


def softmax(z):
    """Probabilities of each row."""
    z = np.exp(z - z.max(axis=1, keepdims=True))
    return z / z.sum(axis=1, keepdims=True)


class Network:
    """One hidden layer with ReLU; see the constants above for its training."""

    def __init__(self, width, seed):
        self.random = np.random.default_rng(seed)
        draw = lambda rows, columns: self.random.normal(0, np.sqrt(2 / rows), (rows, columns)).astype(np.float32)
        self.parameters = [draw(width, HIDDEN), np.zeros(HIDDEN, np.float32), draw(HIDDEN, 3), np.zeros(3, np.float32)]

    def fit(self, x, labels, weights, masked):
        """`masked` rows say nothing about neutral. Adam (Kingma and Ba 2015), rate falling linearly to a tenth."""
        means = [np.zeros_like(p) for p in self.parameters]
        squares = [np.zeros_like(p) for p in self.parameters]
        wanted = np.eye(3, dtype=np.float32)[labels]
        weights = weights / weights.mean()
        steps, step = EPOCHS * -(-len(x) // BATCH), 0
        for _ in range(EPOCHS):
            places = self.random.permutation(len(x))
            for start in range(0, len(x), BATCH):
                rows = places[start : start + BATCH]
                step += 1
                rate = RATE * (1 - 0.9 * step / steps)
                for i, gradient in enumerate(self._gradients(x[rows], wanted[rows], weights[rows], masked[rows])):
                    means[i] += 0.1 * (gradient - means[i])
                    squares[i] += 0.001 * (gradient * gradient - squares[i])
                    mean = means[i] / (1 - 0.9**step)
                    square = squares[i] / (1 - 0.999**step)
                    self.parameters[i] -= rate * mean / (np.sqrt(square) + 1e-8)
        return self

    def _gradients(self, x, wanted, weights, masked):
        w1, b1, w2, b2 = self.parameters
        hidden = np.maximum(x @ w1 + b1, 0)
        kept = (self.random.random(hidden.shape, dtype=np.float32) >= DROPOUT) / np.float32(1 - DROPOUT)
        hidden *= kept
        z = hidden @ w2 + b2
        z[masked, 1] = -1e9
        error = (softmax(z) - wanted) * (weights / len(x))[:, None]
        back = (error @ w2.T) * kept * (hidden > 0)
        return [x.T @ back + DECAY * w1, back.sum(axis=0), hidden.T @ error + DECAY * w2, error.sum(axis=0)]

    def predict(self, x):
        """Probabilities (negative, neutral, positive) of each row."""
        w1, b1, w2, b2 = self.parameters
        parts = [softmax(np.maximum(part @ w1 + b1, 0) @ w2 + b2) for part in np.array_split(x, len(x) // 4096 + 1)]
        return np.concatenate(parts)
