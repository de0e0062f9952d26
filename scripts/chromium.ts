import { type Browser, chromium } from 'playwright-core';

/** Starts the machine's Chromium, or that of CHROMIUM_PATH, which asks nothing of the network by itself. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
