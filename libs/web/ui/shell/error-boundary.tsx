/** Keeps a fault of one page from taking the others with it. */
import { Component, type ReactNode } from "react";
import { Button } from "@mantine/core";
import { State } from "../parts/state.tsx";

interface Props {
  children: ReactNode;
  /** Another page: what failed is forgotten. */
  place: string;
}

interface Caught {
  error?: Error;
  place: string;
}

export class ErrorBoundary extends Component<Props, Caught> {
  override state: Caught = { place: this.props.place };

  static getDerivedStateFromError(error: Error): Partial<Caught> {
    return { error };
  }

  static getDerivedStateFromProps({ place }: Props, before: Caught): Partial<Caught> | null {
    return place === before.place ? null : { place, error: undefined };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <State
        kind="error"
        title="This page failed"
        text={`It is a fault of ours, and nothing of your files was touched. (${error.message})`}
      >
        <Button onClick={() => location.reload()}>Load it again</Button>
      </State>
    );
  }
}
