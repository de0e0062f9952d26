/** The version of what a command is handed and how its answer is read: another one may give another model. */
export const commandVersion = '1';
