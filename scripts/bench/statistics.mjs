export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** "12.3 (11.9–13.0)": the median and the spread. */
export function spread(values, digits = 1) {
  return `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;
}

/** Runs A and B in turn, so that whatever else the machine does meets both. Gives the values of each. */
export async function interleave(rounds, a, b) {
  const values = { a: [], b: [] };
  for (let round = 0; round < rounds; round += 1) {
    values.a.push(await a());
    values.b.push(await b());
  }
  return values;
}

/** A row of the table from the values of A and B, `unit` behind each. */
export function toRow({ id, measure, pass, unit = '', digits = 1 }, values) {
  return {
    id,
    measure,
    ours: `${spread(values.a, digits)}${unit}`,
    theirs: `${spread(values.b, digits)}${unit}`,
    ratio: median(values.a) / median(values.b),
    pass,
  };
}

/**
 * The area under the ROC curve: the chance that a value of A is above one of B, by the rank sum of Mann and Whitney; equal
 * ones count half. 0.5: they cannot be told apart.
 */
export function areaUnderCurve(a, b) {
  const all = [...a.map((value) => ({ value, isA: true })), ...b.map((value) => ({ value, isA: false }))];
  all.sort((left, right) => left.value - right.value);
  let rankSum = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to].value === all[from].value) to += 1;
    const rank = (from + 1 + to) / 2;
    rankSum += rank * all.slice(from, to).filter(({ isA }) => isA).length;
    from = to;
  }
  return (rankSum - (a.length * (a.length + 1)) / 2) / (a.length * b.length);
}
