import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** WCAG 2.2 AA by axe, in light and in dark: no violation on the screen as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.locator('main').first().waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colours are judged when they have arrived: the theme follows the system by an event, and transitions end.
    await page.waitForFunction((wanted) => {
      const { theme } = document.documentElement.dataset;
      return theme === undefined || theme === wanted;
    }, colorScheme);
    await page.evaluate(() =>
      Promise.allSettled(
        document
          .getAnimations()
          .filter((animation) => animation instanceof CSSTransition)
          .map((animation) => animation.finished),
      ),
    );
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    );
    expect(found, `${colorScheme} ${page.url()}`).toEqual([]);
  }
}
