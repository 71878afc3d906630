#include "tenants/node.h"

#include <doctest/doctest.h>

using namespace beffroi;

TEST_CASE("an id can name no other folder") {
  for (const char* id : {"", "..", "../saint-jean", "a/b", "Saint-Jean", "été", "a\n", "a_b", "a.b"}) {
    CAPTURE(id);
    CHECK_FALSE(tenants::is_node_id(id));
  }
  CHECK(tenants::is_node_id("saint-jean-2"));
  CHECK(tenants::is_node_id(std::string(63, 'a')));
  CHECK_FALSE(tenants::is_node_id(std::string(64, 'a')));
}

TEST_CASE("a Host header is brought to one writing") {
  CHECK(tenants::host_name("Mairie.Saint-Jean.fr").value() == "mairie.saint-jean.fr");
  CHECK(tenants::host_name("mairie.saint-jean.fr:8080").value() == "mairie.saint-jean.fr");
  CHECK(tenants::host_name("mairie.saint-jean.fr.").value() == "mairie.saint-jean.fr");
  CHECK(tenants::host_name("192.0.2.7:80").value() == "192.0.2.7");
  CHECK(tenants::host_name("[2001:DB8::1]:8080").value() == "[2001:db8::1]");
  CHECK(tenants::host_name("localhost").value() == "localhost");
}

TEST_CASE("what is not the name of a machine is refused") {
  for (const char* header :
       {"", ":80", "a b", "saint-jean.fr/x", "saint-jean.fr:80:90", "a..b", ".fr", "été.fr", "[::1", "a\r\nb", "a:x", "-a.fr", "."}) {
    CAPTURE(header);
    CHECK_FALSE(tenants::host_name(header));
  }
  CHECK_FALSE(tenants::host_name(std::string(64, 'a') + ".fr"));
  std::string long_name;
  for (int i = 0; i < 100; ++i) long_name += "abc.";
  CHECK_FALSE(tenants::host_name(long_name + "fr"));
}

TEST_CASE("a name is one line") {
  CHECK(tenants::check_name("Mairie de Saint-Jean"));
  CHECK_FALSE(tenants::check_name(""));
  CHECK_FALSE(tenants::check_name("a\nb"));
  CHECK_FALSE(tenants::check_name(std::string(201, 'a')));
}
