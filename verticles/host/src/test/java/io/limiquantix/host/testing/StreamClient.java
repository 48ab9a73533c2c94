package io.limiquantix.host.testing;

import io.limiquantix.bus.host.StreamProtocol;
import io.limiquantix.bus.host.StreamTicket;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The other end of a host's stream endpoint, written with nothing but the JDK. */
public final class StreamClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private StreamClient(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Connects and accepts only the certificate that the ticket names. */
    public static StreamClient connect(StreamTicket ticket) throws IOException, GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(null, new TrustManager[] {new Pinned(ticket.certificateSha256())}, null);
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(ticket.address(), ticket.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        return new StreamClient(socket);
    }

    private record Pinned(String sha256) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("there are no clients");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
                if (!HexFormat.of().formatHex(digest).equals(sha256)) {
                    throw new CertificateException("not the certificate of the ticket");
                }
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** An answer without its body. */
    public record Head(int status, int contentLength) {}

    /** Asks for a console; after 101 the bytes go both ways. */
    public Head openConsole(String token) throws IOException {
        send("GET " + StreamProtocol.CONSOLE_PATH + " HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: "
                + StreamProtocol.UPGRADE + "\r\nAuthorization: Bearer " + token + "\r\n\r\n");
        return readHead();
    }

    public void beginUpload(String token, long length) throws IOException {
        send("PUT " + StreamProtocol.UPLOAD_PATH + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + length
                + "\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public Head readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("within the head: " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(b);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.toLowerCase(Locale.ROOT)
                .lines()
                .filter(l -> l.startsWith("content-length:"))
                .mapToInt(l -> Integer.parseInt(l.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return new Head(Integer.parseInt(text.substring(9, 12)), length);
    }

    public String readText(int length) throws IOException {
        return new String(read(length), StandardCharsets.ISO_8859_1);
    }

    public byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    /** Reads until the text has come by; answers everything that was read. */
    public String readUntil(String wanted) throws IOException {
        StringBuilder seen = new StringBuilder();
        try {
            while (seen.indexOf(wanted) < 0) {
                int b = in.read();
                if (b < 0) {
                    throw new EOFException("ended without \"" + wanted + "\": " + seen);
                }
                seen.append((char) b);
            }
        } catch (SocketTimeoutException e) {
            throw new IOException(
                    "nothing more came after " + PATIENCE_MILLIS + " ms without \"" + wanted + "\": " + seen, e);
        }
        return seen.toString();
    }

    public InputStream in() {
        return in;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
