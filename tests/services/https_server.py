"""Real HTTPS servers on this machine, with certificates of an authority of their own, that answer whatever a test wants."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

HOST = "receiver.example"
"""The name that the certificate is valid for; no resolver knows it."""

Reply = Callable[[socket.socket], None]


class Authority:
    """A certificate authority that lives as long as its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of the tests")])
        certificate = self._signed(self._name, self._key, authority=True)
        self.file = folder / "authority.pem"
        self.file.write_bytes(certificate.public_bytes(Encoding.PEM))

    def trusted(self) -> ssl.SSLContext:
        """What believes this authority alone."""
        return ssl.create_default_context(cafile=str(self.file))

    def serving(self, host: str) -> ssl.SSLContext:
        """What a server with a certificate for the host needs."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        file = self._folder / f"{host}.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(private + self._signed(name, key, authority=False).public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _signed(self, name: x509.Name, key: ec.EllipticCurvePrivateKey, *, authority: bool) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        host = name.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
        assert isinstance(host, str)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if not authority:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        return builder.sign(self._key, hashes.SHA256())


class Server:
    """Takes one request per connection, remembers it, and answers as it is told; without TLS, after the first bytes of it."""

    def __init__(self, reply: Reply, tls: ssl.SSLContext | None) -> None:
        self.requests: list[bytes] = []
        self.names: list[str] = []
        """What clients asked for in the TLS greeting."""
        self.connections = 0
        self._reply = reply
        self._tls = tls
        if tls is not None:
            tls.sni_callback = lambda _, name, __: self.names.append(name)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}/hooks"

    def close(self) -> None:
        """Stop, and wait until every answer has ended."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(20)
            assert not thread.is_alive()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._answer, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        with connection:
            try:
                stream = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
                with stream:
                    self.requests.append(_request(stream) if self._tls else stream.recv(65_536))
                    self._reply(stream)
            except OSError:
                return  # the client hung up, which is what some tests are about


def _request(stream: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (piece := stream.recv(65_536)):
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length and (piece := stream.recv(65_536)):
        body += piece
    return head + b"\r\n\r\n" + body


def replying(data: bytes) -> Reply:
    """Answers with these bytes."""
    return lambda stream: stream.sendall(data)


def dripping(beginning: bytes, piece: bytes, pause: float = 0) -> Reply:
    """Begins, and then goes on piece by piece until the client hangs up."""

    def reply(stream: socket.socket) -> None:
        stream.sendall(beginning)
        while not (pause and _hung_up(stream, pause)):
            stream.sendall(piece)

    return reply


def _hung_up(stream: socket.socket, pause: float) -> bool:
    stream.settimeout(pause)
    try:
        return not stream.recv(1)
    except TimeoutError:
        return False


@contextmanager
def serving(reply: Reply, tls: ssl.SSLContext | None) -> Iterator[Server]:
    """A server for as long as it is needed."""
    server = Server(reply, tls)
    try:
        yield server
    finally:
        server.close()
