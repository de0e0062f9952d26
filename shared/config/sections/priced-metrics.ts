import type { Costs } from './decision-section.ts';
import type { ValidateConfig } from './validate-section.ts';

/** Every mention of the metric cost, with the costs of `validate.decision` where it states none of its own. */
export function pricedMetrics(validate: ValidateConfig): ValidateConfig {
  const costs = validate.decision?.costs;
  if (!costs) return validate;
  const { primary, metrics } = validate;
  return {
    ...validate,
    ...(primary === undefined ? {} : { primary: priced(primary, costs) }),
    ...(metrics === undefined ? {} : { metrics: metrics.map((choice) => priced(choice, costs)) }),
    gates: validate.gates.map((gate) => (gate.metric === 'cost' ? { ...costs, ...gate } : gate)),
  };
}

type Choice = NonNullable<ValidateConfig['primary']>;

function priced(choice: Choice, costs: Costs): Choice {
  if (choice === 'cost') return { metric: 'cost', ...costs };
  return typeof choice === 'object' && choice.metric === 'cost' ? { ...costs, ...choice } : choice;
}
