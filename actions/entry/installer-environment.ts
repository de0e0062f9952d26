/**
 * The variables that npm and the install scripts of packages get: to find programs, the network and npm's own settings
 * (a company's registry and its token among them). All else stays away from other people's code: the job's tokens, the
 * inputs of the action, the secrets of data sources.
 */
const needed =
  /^(path|pathext|home|user|logname|userprofile|appdata|localappdata|systemroot|windir|comspec|programfiles.*|processor_.*|number_of_processors|tmpdir|temp|tmp|lang|lc_.*|tz|https?_proxy|no_proxy|all_proxy|node_extra_ca_certs|ssl_cert_(file|dir)|npm_config_.*|node_auth_token|tfjs_node_.*|cdn_storage)$/i;

/** Of a job's environment what an installer may have. */
export function installerEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && needed.test(name)) kept[name] = value;
  }
  return kept;
}
