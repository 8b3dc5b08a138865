//! What a connection does: answers being made, bytes written. By it the server tells who is silent.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};

/// When a connection last did something. A request that came whole, an answer that was made and bytes of
/// an answer that the reader took are something; bytes read are not, so that a head that drips in, in
/// whatever protocol it claims to be, is silence.
#[derive(Debug)]
pub struct Activity {
    opened: Instant,
    /// Milliseconds after `opened`.
    last: AtomicU64,
    making: AtomicUsize,
    silence: Duration,
}

/// An answer being made; ends when dropped.
#[derive(Debug)]
pub struct Making(Arc<Activity>);

impl Activity {
    /// Of a connection that was just opened.
    pub fn new(silence: Duration) -> Activity {
        Activity { opened: Instant::now(), last: AtomicU64::new(0), making: AtomicUsize::new(0), silence }
    }

    /// Begins an answer.
    pub fn begin(self: &Arc<Activity>) -> Making {
        self.making.fetch_add(1, Ordering::SeqCst);
        self.note();
        Making(Arc::clone(self))
    }

    fn note(&self) {
        let since = u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last.store(since, Ordering::SeqCst);
    }

    /// Since when nothing has been done; nothing while an answer is being made.
    pub fn silent_since(&self) -> Option<Instant> {
        let silent = self.making.load(Ordering::SeqCst) == 0;
        silent.then(|| self.opened + Duration::from_millis(self.last.load(Ordering::SeqCst)))
    }

    /// Waits until the connection has been silent for too long.
    pub async fn overdue(&self) {
        loop {
            let since = self.silent_since().unwrap_or_else(Instant::now);
            let end = since + self.silence;
            if end <= Instant::now() {
                return;
            }
            sleep_until(end).await;
        }
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        self.0.note();
        self.0.making.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A stream that notes when its reader takes something.
pub struct Watched {
    stream: TcpStream,
    activity: Arc<Activity>,
}

impl Watched {
    /// Of a stream.
    pub fn of(stream: TcpStream, activity: Arc<Activity>) -> Watched {
        Watched { stream, activity }
    }

    fn noted(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if matches!(written, Poll::Ready(Ok(1..))) {
            self.activity.note();
        }
        written
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.noted(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, buffers);
        self.noted(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
