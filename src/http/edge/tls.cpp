#include "http/edge/tls.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace beffroi::http {

namespace asio = boost::asio;

namespace {

std::filesystem::file_time_type written(const TlsFiles& files) {
  std::error_code ignored;
  return std::max(std::filesystem::last_write_time(files.certificate, ignored), std::filesystem::last_write_time(files.key, ignored));
}

tl::unexpected<Error> refused(const std::filesystem::path& file, std::string_view what, const boost::system::error_code& fault) {
  return fail(Code::invalid_argument,
              fmt::format("TLS\u00a0: {} «\u00a0{}\u00a0» n’a pas pu servir\u00a0: le fichier doit exister, être lisible et au format PEM.",
                          what, file.string()),
              fault.message());
}

Result<TlsContext> load(const TlsFiles& files) {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  boost::system::error_code fault;
  context->set_options(asio::ssl::context::no_sslv2 | asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                           asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression,
                       fault);
  if (!fault) context->use_certificate_chain_file(files.certificate.string(), fault);
  if (fault) return refused(files.certificate, "le certificat", fault);
  context->use_private_key_file(files.key.string(), asio::ssl::context::pem, fault);
  if (fault) return refused(files.key, "la clé du certificat", fault);
  if (SSL_CTX_check_private_key(context->native_handle()) != 1) {
    return fail(Code::invalid_argument, "TLS\u00a0: cette clé n’est pas celle du certificat.", "certificate and key do not match");
  }
  return context;
}

}  // namespace

Result<Certificate> Certificate::read(const TlsFiles& files, std::chrono::milliseconds look_every) {
  Certificate made;
  made.files_ = files;
  made.written_ = written(files);
  made.context_ = BEFFROI_TRY(load(files));
  made.look_every_ = look_every;
  made.looked_ = std::chrono::steady_clock::now();
  return made;
}

TlsContext Certificate::current() {
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_ < look_every_) return context_;
  looked_ = now;
  const auto time = written(files_);
  if (time == written_) return context_;
  written_ = time;
  if (auto fresh = load(files_)) {
    context_ = *std::move(fresh);
    log::info("tls_certificate_reloaded");
  } else {
    log::warn("tls_certificate_kept", {{"detail", fresh.error().detail}});
  }
  return context_;
}

}  // namespace beffroi::http
