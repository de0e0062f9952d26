// The one script of the site: bundled into generated/page-script.ts, it predicts in the browser.

/** The script of a prediction page. */
import { dataElement, type PageData } from '../data.ts';
import { byId } from './elements.ts';
import { startForm } from './form.ts';
import { modelOf } from './model.ts';

const data = JSON.parse(byId(dataElement).textContent) as PageData;
const model = modelOf(data);
// For the browser's console, and for the smoke test of a deployment, which runs this script where there is no form.
Object.assign(globalThis, { predictRecord: model.predictRecord });
if (document.getElementById('features')) startForm(data, model);
