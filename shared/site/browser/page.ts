// The one script of the site: bundled into generated/page-script.ts, it predicts in the browser.

/** The script of a prediction page: the form works at once, and answers when the model after the script has come. */
import { formElement, modelElement, type PageData, type PageModelData } from '../data.ts';
import { byId } from './elements.ts';
import { type Form, startForm } from './form.ts';
import { modelOf } from './model.ts';

const data = JSON.parse(byId(formElement).textContent) as PageData;
// A smoke test of a deployment runs this script where there is no form.
const form: Form | undefined = document.getElementById('features') ? startForm(data) : undefined;
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', startModel);
else startModel();

function startModel(): void {
  try {
    const model = modelOf(data.schema, JSON.parse(byId(modelElement).textContent) as PageModelData);
    // For the browser's console, and for the smoke test.
    Object.assign(globalThis, { predictRecord: model.predictRecord });
    form?.answerBy(model);
  } catch (error) {
    form?.giveUp();
    throw error;
  }
}
