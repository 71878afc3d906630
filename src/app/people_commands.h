// beffroi user, beffroi group: the people of a commune, as the administrator of the machine knows them. Exit codes as in commands.h.
// A password never comes as an argument: it would stay in the history of the terminal and show in the list of processes.
#pragma once

#include <string>
#include <vector>

#include "app/config.h"

namespace beffroi::app {

struct UserOptions {
  std::string commune;               // empty: the commune of the configuration
  std::string login, name;
  std::vector<std::string> roles;    // "agent", "agent:restauration"
  bool password_read = false;        // on standard input, one line; otherwise made up and shown once
  bool close = false;                // sessions: closes them all
  std::string issuer, subject;       // link
  std::string key;                   // revoke-key: its id
  std::vector<std::string> rights;   // key
  int days = 90;                     // key
  bool json = false;
};

[[nodiscard]] int run_user_add(const Config& config, const UserOptions& options);
[[nodiscard]] int run_user_list(const Config& config, const UserOptions& options);
[[nodiscard]] int run_user_role(const Config& config, const UserOptions& options);
[[nodiscard]] int run_user_disable(const Config& config, const UserOptions& options);
[[nodiscard]] int run_user_enable(const Config& config, const UserOptions& options);
[[nodiscard]] int run_user_password(const Config& config, const UserOptions& options);
[[nodiscard]] int run_user_sessions(const Config& config, const UserOptions& options);
[[nodiscard]] int run_user_link(const Config& config, const UserOptions& options);
[[nodiscard]] int run_user_erase(const Config& config, const UserOptions& options);
[[nodiscard]] int run_user_key(const Config& config, const UserOptions& options);
[[nodiscard]] int run_user_keys(const Config& config, const UserOptions& options);
[[nodiscard]] int run_user_revoke_key(const Config& config, const UserOptions& options);

struct GroupOptions {
  std::string commune;
  std::string name, claim, login;
  std::vector<std::string> roles;
  bool json = false;
};

[[nodiscard]] int run_group_add(const Config& config, const GroupOptions& options);
[[nodiscard]] int run_group_list(const Config& config, const GroupOptions& options);
[[nodiscard]] int run_group_remove(const Config& config, const GroupOptions& options);
[[nodiscard]] int run_group_join(const Config& config, const GroupOptions& options);
[[nodiscard]] int run_group_leave(const Config& config, const GroupOptions& options);

}  // namespace beffroi::app
