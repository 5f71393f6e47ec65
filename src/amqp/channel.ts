/** A channel that can't hurt: it has a listener for everything that amqplib would otherwise throw into the process. */
import type { Channel, ChannelModel, ConfirmChannel } from 'amqplib';

/** Declares what the channel's user needs; repeated on every channel, since whatever is declared may have been deleted. */
export type Declare = (channel: Channel) => Promise<void>;

function quiet<C extends Channel>(channel: C): C {
  channel.on('error', () => undefined); // 'close' follows, and calls that wait are rejected
  return channel;
}

async function declared<C extends Channel>(channel: C, declare: Declare): Promise<C> {
  try {
    await declare(quiet(channel));
    return channel;
  } catch (error) {
    abandon(channel);
    throw error;
  }
}

export const openChannel = async (connection: ChannelModel, declare: Declare): Promise<Channel> =>
  declared(await connection.createChannel(), declare);

export const openConfirmChannel = async (connection: ChannelModel, declare: Declare): Promise<ConfirmChannel> =>
  declared(await connection.createConfirmChannel(), declare);

/** Closes it, whatever its state. */
export function abandon(channel: Channel): void {
  try {
    channel.close().catch(() => undefined);
  } catch {
    // closed already
  }
}
