// HTTPS by a certificate of one's own: made here, for this machine, on the spot.
#include <doctest/doctest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <fstream>

#include "base/testing.h"
#include "http/edge/tls.h"
#include "http/server.h"

using namespace beffroi;
namespace asio = boost::asio;

namespace {

http::TlsFiles made_certificate(const std::filesystem::path& folder, const std::string& name) {
  const http::TlsFiles files{folder / (name + ".pem"), folder / (name + ".key")};
  EVP_PKEY* key = EVP_RSA_gen(2048);
  X509* certificate = X509_new();
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_set_pubkey(certificate, key);
  X509_NAME* subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate, subject);
  X509_sign(certificate, key, EVP_sha256());
  FILE* out = std::fopen(files.certificate.c_str(), "w");
  PEM_write_X509(out, certificate);
  std::fclose(out);
  out = std::fopen(files.key.c_str(), "w");
  PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(out);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return files;
}

std::unique_ptr<http::Server> started(const http::TlsFiles& files) {
  http::ServerOptions options;
  options.port = 0;
  options.tls = files;
  http::Router router;
  router.get("/bonjour", [](const http::Request&) { return http::text_reply(std::string(100'000, 'a')); });
  auto server = http::Server::start(options, std::move(router));
  REQUIRE(server);
  return *std::move(server);
}

constexpr std::string_view kAsk = "GET /bonjour HTTP/1.1\r\nHost: mairie\r\nConnection: close\r\n\r\n";

std::string asked_over_tls(std::uint16_t port) {
  asio::io_context io;
  asio::ssl::context context(asio::ssl::context::tls_client);
  asio::ssl::stream<asio::ip::tcp::socket> stream(io, context);
  stream.next_layer().connect({asio::ip::make_address("127.0.0.1"), port});
  stream.handshake(asio::ssl::stream_base::client);
  asio::write(stream, asio::buffer(kAsk));
  std::string reply;
  boost::system::error_code end;
  asio::read(stream, asio::dynamic_buffer(reply), end);
  CHECK(end == asio::error::eof);  // a proper end, not a cut
  return reply;
}

std::string subject_of(const http::TlsContext& context) {
  char text[64] = {};
  X509_NAME_get_text_by_NID(X509_get_subject_name(SSL_CTX_get0_certificate(context->native_handle())), NID_commonName, text, sizeof text);
  return text;
}

}  // namespace

TEST_CASE("a page comes whole over TLS") {
  testing::TemporaryFolder folder;
  const auto server = started(made_certificate(folder.path(), "mairie"));
  for (int i = 0; i < 3; ++i) {
    const std::string reply = asked_over_tls(server->port());
    CHECK(reply.starts_with("HTTP/1.1 200"));
    CHECK(reply.ends_with(std::string(100'000, 'a')));
  }
}

TEST_CASE("who speaks without TLS to a TLS port gets nothing, and others are still served") {
  testing::TemporaryFolder folder;
  const auto server = started(made_certificate(folder.path(), "mairie"));
  asio::io_context io;
  asio::ip::tcp::socket plain(io);
  plain.connect({asio::ip::make_address("127.0.0.1"), server->port()});
  asio::write(plain, asio::buffer(kAsk));
  std::string reply;
  boost::system::error_code end;
  asio::read(plain, asio::dynamic_buffer(reply), end);
  CHECK(reply.find("HTTP/1.1 200") == std::string::npos);
  CHECK(asked_over_tls(server->port()).starts_with("HTTP/1.1 200"));
}

TEST_CASE("a certificate that cannot serve is refused before the server starts") {
  testing::TemporaryFolder folder;
  const auto first = made_certificate(folder.path(), "first"), second = made_certificate(folder.path(), "second");
  std::ofstream(folder.path() / "junk.pem") << "pas un certificat";
  for (const http::TlsFiles& files :
       {http::TlsFiles{folder.path() / "absent.pem", first.key}, http::TlsFiles{first.certificate, {}},
        http::TlsFiles{folder.path() / "junk.pem", first.key}, http::TlsFiles{first.certificate, second.key}}) {
    CAPTURE(files.certificate.string());
    http::ServerOptions options;
    options.port = 0;
    options.tls = files;
    const auto server = http::Server::start(options, {});
    REQUIRE_FALSE(server);
    CHECK(server.error().code == Code::invalid_argument);
    CHECK(server.error().message.starts_with("TLS"));
  }
}

TEST_CASE("a renewed certificate is taken up, a broken one is not") {
  testing::TemporaryFolder folder;
  const auto files = made_certificate(folder.path(), "ancien");
  auto certificate = http::Certificate::read(files, std::chrono::milliseconds(0));
  REQUIRE(certificate);
  CHECK(subject_of(certificate->current()) == "ancien");
  const auto fresh = made_certificate(folder.path(), "nouveau");
  const auto later = std::filesystem::last_write_time(files.certificate) + std::chrono::seconds(2);
  std::filesystem::rename(fresh.certificate, files.certificate);
  std::filesystem::rename(fresh.key, files.key);
  std::filesystem::last_write_time(files.certificate, later);
  CHECK(subject_of(certificate->current()) == "nouveau");
  std::ofstream(files.certificate) << "coupé";
  std::filesystem::last_write_time(files.certificate, later + std::chrono::seconds(2));
  CHECK(subject_of(certificate->current()) == "nouveau");
}
