import { Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import { Component, type ReactNode } from 'react';

interface Props {
  /** Where the user is; another place is tried anew. */
  place: string;
  children: ReactNode;
}

interface State {
  failed: boolean;
}

/** A page that breaks, or whose files a newer version replaced, says so and leaves the rest usable. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.place !== this.props.place) this.setState({ failed: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <EmptyState status="danger" headingLevel="h1" titleText="This page could not be shown">
        <EmptyStateBody>LimiQuantix may have been updated since you opened it.</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button onClick={() => window.location.reload()}>Load again</Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    );
  }
}
