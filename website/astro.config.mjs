import { globSync } from 'node:fs';
import path from 'node:path';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

/** Guides in the order in which one needs them; others come after them. */
const guides = [
  'github-actions',
  'configuration',
  'data',
  'scale',
  'training',
  'command',
  'validation',
  'monitoring',
  'serving',
  'site',
  'command-line',
];
const found = globSync('../docs/guides/*.md').map((file) => path.basename(file, '.md'));
const others = found.filter((name) => !guides.includes(name)).sort();

/** The pages are Markdown files of docs/, as they are read on GitHub: src/docs-loader.ts. */
export default defineConfig({
  site: 'https://ciclo-ml.github.io',
  base: '/ciclo',
  integrations: [
    starlight({
      title: 'Ciclo',
      description: 'The machine-learning lifecycle as GitHub Actions.',
      social: [{ icon: 'github', label: 'GitHub', href: 'https://github.com/ciclo-ml/ciclo' }],
      customCss: ['./src/styles/ciclo.css'],
      sidebar: [
        { label: 'Start', items: ['first-model', 'comparison'] },
        {
          label: 'Recorded',
          items: ['biopsy', 'chile', 'cars'].map((name) => `examples/first-pull-request/${name}`),
        },
        {
          label: 'Recipes',
          items: ['churn', 'prices', 'sensors', 'fraud', 'python-model', 'postgresql', 's3'].map(
            (name) => `recipes/${name}`,
          ),
        },
        {
          label: 'Concepts',
          items: ['concepts/architecture', 'concepts/life-of-a-version', 'concepts/intervals', 'glossary'],
        },
        { label: 'Guides', items: [...guides, ...others].map((name) => `guides/${name}`) },
        {
          label: 'Reference',
          items: [
            'troubleshooting',
            'security',
            'benchmarks',
            { label: 'Decisions', collapsed: true, items: [{ autogenerate: { directory: 'adr' } }] },
          ],
        },
      ],
    }),
  ],
});
