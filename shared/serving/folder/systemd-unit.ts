import { memoryLimit, nodeFlags } from './runtime.ts';
import type { ServedVersion } from './served-version.ts';

/** A systemd unit that runs the server from /opt, as a user of its own that may write nothing but its state. */
export function systemdUnit({ name, version }: ServedVersion): string {
  const unit = `ciclo-${name}`;
  return `# cp -r . /opt/${unit} && cp ${unit}.service /etc/systemd/system/ && systemctl enable --now ${unit}
[Unit]
Description=${name} ${version}, a model served by Ciclo
Documentation=https://github.com/ciclo-ml/ciclo
Wants=network-online.target
After=network-online.target

[Service]
Environment=HOST=127.0.0.1 PORT=8080
# HOST, PORT, METRICS_PORT, CICLO_TOKEN of this machine; readable only by root.
EnvironmentFile=-/etc/${unit}.env
ExecStart=/usr/bin/node ${nodeFlags.join(' ')} /opt/${unit}/server.mjs
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
TimeoutStopSec=45
DynamicUser=yes
StateDirectory=${unit}
WorkingDirectory=%S/${unit}
MemoryMax=${memoryLimit}M
UMask=0077
CapabilityBoundingSet=
NoNewPrivileges=yes
LockPersonality=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHome=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProtectSystem=strict
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources

[Install]
WantedBy=multi-user.target
`;
}
