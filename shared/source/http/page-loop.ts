import { ConfigurationError } from '../../platform/errors.ts';
import { shownUrl } from './http-answer.ts';

/** Notices when pages lead in a circle. */
export class PageLoop {
  readonly #pages = new Map<string, number>();
  readonly #contents = new Map<string, number>();
  readonly #mostPages: number;

  constructor(mostPages: number) {
    this.#mostPages = mostPages;
  }

  /** @throws ConfigurationError when this address was asked before, or too many pages were. */
  visit(url: URL, page: number): void {
    const before = this.#pages.get(url.href);
    if (before !== undefined) {
      throw new ConfigurationError(
        `${shownUrl(url)}: the pages never end: after page ${page - 1} the server leads back to page ${before}, ` +
          'by the same address or cursor; check data.source.pagination',
      );
    }
    if (page > this.#mostPages) {
      throw new ConfigurationError(
        `${shownUrl(url)}: still more after ${this.#mostPages} pages, which is data.source.max-pages; ` +
          'raise it, ask for larger pages, or ask for less by data.source.query',
      );
    }
    this.#pages.set(url.href, page);
  }

  /** @throws ConfigurationError when an earlier page held the same rows. */
  compare(digest: string, url: URL, page: number): void {
    const before = this.#contents.get(digest);
    if (before !== undefined) {
      throw new ConfigurationError(
        `${shownUrl(url)}: the pages never end: page ${page} holds exactly the rows of page ${before}; ` +
          'the server seems not to know the parameter in data.source.pagination',
      );
    }
    this.#contents.set(digest, page);
  }
}
