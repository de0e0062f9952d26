// Made by scripts/write-schemas.ts from cli/commands: change it there.
// biome-ignore-all format: as JSON writes it

/** The commands as help lists them: so that to list them loads none. */
export const commandList = [
  {
    "term": "init [options] [data]",
    "summary": "look at data, and write all that a repository needs"
  },
  {
    "term": "doctor [options]",
    "summary": "check whether everything that a pipeline needs is there"
  },
  {
    "term": "run [options]",
    "summary": "prepare, train and validate"
  },
  {
    "term": "lock [options]",
    "summary": "pin the data: write or move ciclo.lock"
  },
  {
    "term": "prepare [options]",
    "summary": "collect, clean and split the data"
  },
  {
    "term": "train [options]",
    "summary": "train every candidate, and blend them or keep the best"
  },
  {
    "term": "validate [options]",
    "summary": "judge the model on rows that it has not seen"
  },
  {
    "term": "predict [options] [file]",
    "summary": "predict records with a model"
  },
  {
    "term": "serve [options] [model]",
    "summary": "serve a model by HTTP"
  },
  {
    "term": "deploy [options]",
    "summary": "make the judged model a version in production"
  },
  {
    "term": "drift-check [options]",
    "summary": "compare new rows with those that the model in production was made with"
  },
  {
    "term": "retrain [options]",
    "summary": "train a challenger on the newest data, and propose it"
  },
  {
    "term": "replay [options]",
    "summary": "walk the whole loop along the event time of the data"
  },
  {
    "term": "site [options]",
    "summary": "make the site that predicts in the browser"
  },
  {
    "term": "badge [options] [address]",
    "summary": "show the state of the model as a badge"
  },
  {
    "term": "versions [options]",
    "summary": "list the versions of the model"
  },
  {
    "term": "verify [options] <version>",
    "summary": "check a version by training it again"
  },
  {
    "term": "completion <shell>",
    "summary": "print the script that completes command lines"
  }
];
