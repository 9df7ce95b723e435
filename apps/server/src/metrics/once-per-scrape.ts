/**
 * Work that several metrics are collected by, done once for all that are asked for at the same moment. A database that is
 * away must not take the other numbers along: `onError` is told instead.
 */
export function oncePerScrape(work: () => Promise<void>, onError: () => void): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () =>
    (running ??= work()
      .catch(onError)
      .finally(() => {
        running = null;
      }));
}
