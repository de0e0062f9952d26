import { expect, test } from 'vitest';
import { commandEnvironment } from './variables.ts';

test('a command does not get what may be a secret, by name or by value', () => {
  const secrets = {
    CICLO_PASSWORD: 'x',
    CICLO_URL: 'https://data.example',
    GITHUB_TOKEN: 'x',
    GITHUB_ENV: '/file',
    ACTIONS_RUNTIME_TOKEN: 'x',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'x',
    INPUT_TOKEN: 'x',
    'INPUT_SOURCE-ENV': 'x',
    NODE_AUTH_TOKEN: 'x',
    PGPASSWORD: 'x',
    AWS_ACCESS_KEY_ID: 'x',
    GOOGLE_APPLICATION_CREDENTIALS: '/file',
    OPENAI_API_KEY: 'x',
    KAGGLE_KEY: 'x',
    SSH_AUTH_SOCK: '/socket',
    MY_SECRET: 'x',
    DATABASE_URL: 'postgres://user:word@host/db',
    HTTPS_PROXY: 'http://user:word@proxy:3128',
  };
  const passed = {
    PATH: '/bin',
    HOME: '/home',
    VIRTUAL_ENV: '/venv',
    LD_LIBRARY_PATH: '/lib',
    CUDA_VISIBLE_DEVICES: '0',
    HTTP_PROXY: 'http://proxy:3128',
    KEYBOARD: 'us',
    MONKEY: 'yes',
  };
  const given = commandEnvironment({ ...secrets, ...passed, ABSENT: undefined }, { CICLO_SEED: '1' });
  expect(given).toEqual({
    PYTHONUNBUFFERED: '1',
    PYTHONHASHSEED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    ...passed,
    CICLO_SEED: '1',
  });
});

test('what the environment says of Python counts', () => {
  expect(commandEnvironment({ PYTHONHASHSEED: '7' }, {}).PYTHONHASHSEED).toBe('7');
});
