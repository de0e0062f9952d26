import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.SELECT_COLUMN;
import static io.trino.testing.TestingAccessControlManager.privilege;
import static io.trino.testing.TestingSession.testSessionBuilder;

import com.google.inject.Key;
import com.sun.net.httpserver.HttpServer;
import io.trino.plugin.memory.MemoryPlugin;
import io.trino.plugin.tpch.TpchPlugin;
import io.trino.server.security.PasswordAuthenticatorManager;
import io.trino.spi.security.AccessDeniedException;
import io.trino.spi.security.BasicPrincipal;
import io.trino.testing.DistributedQueryRunner;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * A coordinator and workers of Trino in one process. Arguments: ports of HTTP and HTTPS, keystore (PKCS12) and its password, file
 * with the key that tokens are signed with, number of nodes (the coordinator works, too).
 *
 * HTTP asks for no password; HTTPS does, or for a token. "ciclo" has the password "p&ss wörd". The table tpch.tiny.part may not be
 * read. Prints READY with the port of a server that takes a worker away: POST /lose.
 */
public class Nodes {
    public static void main(String[] args) throws Exception {
        var patience = Map.of(
            "query.remote-task.max-error-duration", "2s",
            "exchange.max-error-duration", "2s");
        var coordinator = Map.of(
            "http-server.http.port", args[0],
            "http-server.https.enabled", "true",
            "http-server.https.port", args[1],
            "http-server.https.keystore.path", args[2],
            "http-server.https.keystore.key", args[3],
            "http-server.authentication.type", "PASSWORD,JWT",
            "http-server.authentication.jwt.key-file", args[4],
            // Must be there, and is not read: the passwords are below.
            "password-authenticator.config-files", args[4],
            "http-server.authentication.allow-insecure-over-http", "true");
        var nodes = DistributedQueryRunner.builder(testSessionBuilder().setCatalog("memory").setSchema("default").build())
            .setNodeCount(Integer.parseInt(args[5])).setExtraProperties(patience).setCoordinatorProperties(coordinator).build();
        nodes.getCoordinator().getInstance(Key.get(PasswordAuthenticatorManager.class)).setAuthenticators((user, password) -> {
            if (user.equals("ciclo") && password.equals("p&ss wörd")) return new BasicPrincipal(user);
            throw new AccessDeniedException("Invalid credentials");
        });
        nodes.installPlugin(new MemoryPlugin());
        nodes.createCatalog("memory", "memory");
        nodes.installPlugin(new TpchPlugin());
        nodes.createCatalog("tpch", "tpch");
        nodes.getAccessControl().deny(privilege("part", SELECT_COLUMN));
        var control = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        control.createContext("/lose", exchange -> {
            // Its parts are stopped one after the other, for minutes; the first of them is what it answers others with.
            new Thread(() -> close(nodes)).start();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        control.start();
        System.err.println("READY " + control.getAddress().getPort());
        Thread.sleep(Long.MAX_VALUE);
    }

    private static void close(DistributedQueryRunner nodes) {
        try {
            nodes.getServers().stream().filter(server -> !server.isCoordinator()).findFirst().get().close();
        } catch (Exception error) {
            error.printStackTrace();
        }
    }
}
