#include "usecases/account/entrance.h"

namespace beffroi::account {

Status note_entrance(audit::Journal& journal, const tenants::Tenant& tenant, const people::Opened& opened) {
  audit::Entry entry;
  entry.who = {audit::Actor::person, opened.account};
  entry.action = audit::Action::signed_in;
  entry.object = opened.session;
  Status written = journal.write(tenant, entry);
  if (!written) (void)people::revoke_session(tenant, opened.account, opened.session);
  return written;
}

}  // namespace beffroi::account
