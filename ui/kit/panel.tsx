// A panel over the page: focus goes in, stays in, and comes back to what opened it; Escape and the button close it.
import { type ReactNode } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

export function Panel(props: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <ModalOverlay className="panel-shade" isOpen isDismissable onOpenChange={(open) => !open && props.onClose()}>
      <Modal className="panel">
        <Dialog className="panel-dialog">
          <div className="panel-head">
            <Heading slot="title" level={2}>{props.title}</Heading>
            <Button className="button" onPress={props.onClose}>Fermer</Button>
          </div>
          {/* can be scrolled with the keyboard */}
          <div className="panel-body" tabIndex={0} role="group" aria-label="Contenu">{props.children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
