"""A linear chain over the words of a text: which labels follow each other, given the gap between two words."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from closeread.encoder.decode import LABELS, ROLES, begin, inner
from closeread.encoder.pieces import GAP_BREAKS, GAP_MARKS, GAP_SIGNS

NEVER = -1e4


def forbidden() -> Tensor:
    """A table, from label by to label: NEVER where a word goes on with a span that its neighbour is not in."""
    table = torch.zeros(LABELS, LABELS)
    for role in ROLES:
        table[:, inner(role)] = NEVER
        table[[begin(role), inner(role)], inner(role)] = 0.0
    return table


class Chain(nn.Module):
    """Transition scores, as a sum of tables: one for all gaps, and one for each class of the gap's three features."""

    never: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.every = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.by_gap = nn.ParameterList(
            nn.Parameter(torch.zeros(classes, LABELS, LABELS)) for classes in (GAP_BREAKS, GAP_MARKS, GAP_SIGNS)
        )
        self.register_buffer("never", forbidden(), persistent=False)

    def transitions(self, gaps: Tensor) -> Tensor:
        """[..., 3] gap classes to [..., from, to] scores of stepping over each gap."""
        scores = self.every + self.never
        for column, table in enumerate(self.by_gap):
            scores = scores + table[gaps[..., column]]
        return scores

    def loss(self, emissions: Tensor, labels: Tensor, *, gaps: Tensor, lengths: Tensor) -> Tensor:
        """Mean negative log-likelihood per word of [batch, words] labels; words beyond `lengths` do not count."""
        steps = self.transitions(gaps)
        total = self._partition(emissions, steps, lengths) - self._score(emissions, labels, steps, lengths)
        return total.sum() / lengths.sum()

    @staticmethod
    def _partition(emissions: Tensor, steps: Tensor, lengths: Tensor) -> Tensor:
        alpha = emissions[:, 0]
        for word in range(1, emissions.shape[1]):
            following = torch.logsumexp(alpha[:, :, None] + steps[:, word], dim=1) + emissions[:, word]
            alpha = torch.where((word < lengths)[:, None], following, alpha)
        return torch.logsumexp(alpha, dim=1)

    @staticmethod
    def _score(emissions: Tensor, labels: Tensor, steps: Tensor, lengths: Tensor) -> Tensor:
        kept = torch.arange(labels.shape[1], device=labels.device)[None] < lengths[:, None]
        own = emissions.gather(2, labels[..., None]).squeeze(2)
        rows = steps[:, 1:].gather(2, labels[:, :-1, None, None].expand(-1, -1, 1, LABELS)).squeeze(2)
        taken = rows.gather(2, labels[:, 1:, None]).squeeze(2)
        return (own * kept).sum(1) + (taken * kept[:, 1:]).sum(1)
