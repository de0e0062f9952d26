import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

/** The guides in the order in which one needs them; docs/ holds the pages (src/docs-loader.ts). */
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
        { label: 'Guides', items: [{ autogenerate: { directory: 'guides' } }] },
      ],
    }),
  ],
});
