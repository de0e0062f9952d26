import { quote } from '../../platform/errors.ts';
import { goOn } from '../../platform/eventual.ts';
import type { RequestAnswer } from '../answers.ts';
import { isObject } from '../record-layouts.ts';
import { badRequest, type RequestError } from '../request-error.ts';
import type { Protocol, ServingContext } from './protocol.ts';

/** `POST /predict`: a record, a list of records, or `{ "records": […] }`. */
export function plainProtocol(context: ServingContext): Protocol {
  return {
    routes: [
      {
        method: 'POST',
        url: '/predict',
        handler: (request) =>
          goOn(context.answer(context.model(), recordsOf(request.body), request), plainAnswer),
      },
    ],
    errorBody: plainError,
  };
}

function recordsOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  if (!isObject(body))
    throw badRequest(`the body is ${quote(body)}; write a record, a list of records, or { "records": […] }`);
  // A feature may be called records, but no feature is a list.
  if (!Array.isArray(body.records)) return [body];
  const others = Object.keys(body).filter((name) => name !== 'records');
  if (others.length === 0) return body.records;
  throw badRequest(
    `the body has ${others.slice(0, 5).map(quote).join(', ')} beside "records"; records hold their own fields`,
  );
}

/** The body that answers records. */
export function plainAnswer({ model, predictions, probabilities, warnings }: RequestAnswer): object {
  return {
    predictions,
    ...(probabilities
      ? {
          probabilities: probabilities.map((row) =>
            Object.fromEntries(model.classes.map((label, k) => [label, row[k]!])),
          ),
        }
      : {}),
    warnings: warnings.listed,
    ...(warnings.more > 0 ? { more_warnings: warnings.more } : {}),
    model: model.identity,
  };
}

/** An error with all that is known of it: what every route without a protocol of its own answers. */
export function plainError({ message, details }: RequestError): object {
  const { problems, routes } = details;
  return {
    error: message,
    ...(problems ? { problems: problems.listed } : {}),
    ...(routes ? { routes } : {}),
  };
}
