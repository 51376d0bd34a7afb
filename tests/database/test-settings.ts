/** Less memory and no waiting for the disk; the same in every process of these tests, or they would not adopt. */
export const testSettings = { fsync: 'off', shared_buffers: '16MB', max_connections: '10' };
