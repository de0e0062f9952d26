const keywords = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

/** A text as it may stand in ciclo.yml, inside braces too: quoted where YAML would read something else. */
export function yamlText(text: string): string {
  return /^[A-Za-z_][\w/.-]*$/.test(text) && !keywords.test(text) ? text : JSON.stringify(text);
}
