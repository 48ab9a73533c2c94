/** The part of noVNC that is used here; it brings no types of its own. */
declare module '@novnc/novnc' {
  export interface RfbOptions {
    shared?: boolean;
    wsProtocols?: string[];
  }

  export default class RFB extends EventTarget {
    constructor(target: HTMLElement, url: string, options?: RfbOptions);
    scaleViewport: boolean;
    resizeSession: boolean;
    focusOnClick: boolean;
    background: string;
    disconnect(): void;
    focus(options?: FocusOptions): void;
    sendCtrlAltDel(): void;
    /** A key by its X11 symbol and its place on the keyboard (UI Events code); without `down` it is pressed and let go. */
    sendKey(keysym: number, code: string, down?: boolean): void;
    /** Offers a text to the guest's clipboard; nobody says whether it is taken. */
    clipboardPasteFrom(text: string): void;
    toBlob(callback: (blob: Blob | null) => void, type?: string): void;
  }
}
